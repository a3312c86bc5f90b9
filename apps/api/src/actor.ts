/** Who asks. SDK keys are not actors: they never reach management. */
export type Actor =
  | {
      readonly kind: "person";
      readonly userId: string;
      readonly name: string;
      readonly email: string;
      /** Undefined where the person acts without having signed in, such as at set-up. */
      readonly sessionId?: string;
      /** @default false */
      readonly hasTwoFactor?: boolean;
    }
  | {
      readonly kind: "program";
      readonly apiKeyId: number;
      readonly organisationId: number;
      readonly name: string;
    }
  | { readonly kind: "system"; readonly name: string };

/** What history stores: an id, so that people can be forgotten; names are looked up when it is read. */
export function actorRef(actor: Actor): string {
  switch (actor.kind) {
    case "person":
      return `user:${actor.userId}`;
    case "program":
      return `key:${actor.apiKeyId}`;
    case "system":
      return `system:${actor.name}`;
  }
}

export const system = (name: string): Actor => ({ kind: "system", name });
