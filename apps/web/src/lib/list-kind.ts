import { toErrorBody } from "./errors.ts";

interface Asked {
  readonly isPending: boolean;
  readonly error: unknown;
}

interface Found {
  readonly count: number;
  /** Something is searched or filtered for. */
  readonly isFiltered?: boolean;
}

/** Which of its states a list is in. What was read once stays shown while the server is away. */
export function listKind(
  asked: Asked,
  { count, isFiltered = false }: Found,
): "ready" | "loading" | "empty" | "nothing-found" | "error" | "no-permission" {
  if (count > 0) return "ready";
  if (asked.error !== undefined) {
    return ["forbidden", "not_found"].includes(toErrorBody(asked.error).code) ? "no-permission" : "error";
  }
  if (asked.isPending) return "loading";
  return isFiltered ? "nothing-found" : "empty";
}

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short" });

/** "14:05" when what is shown could not be read anew; nothing while it is fresh. */
export const staleSince = (asked: { readonly error: unknown; readonly updatedAt: number }): string | undefined =>
  asked.error === undefined || asked.updatedAt === 0 ? undefined : clock.format(asked.updatedAt);
