import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Attributes, AttributeValue } from "@halyard/evaluator";
import { AppError, type Hub, type StoredTraits } from "../../features/delivery/index.ts";
import type { Asker } from "./asker.ts";
import type { ReadFlagsInput } from "./input.ts";
import type { Viewer } from "./results.ts";

export interface IdentifiedViewer extends Viewer {
  /** False where stored traits could not be read. */
  readonly isFresh: boolean;
  /** 8 hex digits that differ where the context does; the time of asking has no part in it. */
  readonly mark: string;
}

/** The request's context over the identity's stored traits; stores the attributes first where the client asks for it. */
export async function openViewer(ctx: Asker, hub: Hub, input: ReadFlagsInput): Promise<IdentifiedViewer> {
  const identifier = identifierOf(input);
  const stored = await readStored(ctx, identifier);
  if (identifier !== undefined && input.remember && mayStore(ctx, hub) && stored.fresh) {
    await remember(ctx, identifier, news(stored, input.context?.attributes ?? {}));
  }
  return toViewer(ctx, input, stored);
}

/** The same viewer with traits as they are stored now. */
export async function reopenViewer(ctx: Asker, input: ReadFlagsInput): Promise<IdentifiedViewer> {
  return toViewer(ctx, input, await readStored(ctx, identifierOf(input)));
}

/** An empty targeting key is nobody. */
export const identifierOf = ({ context }: ReadFlagsInput): string | undefined => context?.targetingKey || undefined;

const NOTHING: StoredTraits = { traits: new Map(), fresh: true };

const readStored = ({ delivery, holder }: Asker, identifier: string | undefined): Promise<StoredTraits> =>
  identifier === undefined ? Promise.resolve(NOTHING) : delivery.identities.traits(holder.environmentId, identifier);

function mayStore({ holder, mayStore }: Asker, hub: Hub): boolean {
  return mayStore && (holder.kind === "server" || hub.current().compiled.snapshot.environment.allowClientTraits);
}

/** Only what differs: clients say the same again at every reconnect. */
function news({ traits }: StoredTraits, attributes: Attributes): Record<string, AttributeValue> {
  const isNews = ([key, value]: readonly [string, AttributeValue]) => !isDeepStrictEqual(traits.get(key)?.value ?? null, value);
  return Object.fromEntries(Object.entries(attributes).filter(isNews));
}

async function remember(ctx: Asker, identifier: string, attributes: Record<string, AttributeValue>): Promise<void> {
  try {
    await ctx.delivery.identities.write(ctx.holder.environmentId, identifier, attributes);
  } catch (error) {
    // Flags are evaluated with the request's attributes all the same; the next connection stores them.
    ctx.log.debug({ err: error }, "attributes could not be stored");
    if (error instanceof AppError && error.code === "invalid") throw error;
  }
}

function toViewer({ holder }: Asker, input: ReadFlagsInput, stored: StoredTraits): IdentifiedViewer {
  const targetingKey = identifierOf(input);
  const isClient = holder.kind === "client";
  const merged = new Map<string, AttributeValue>([...stored.traits].map(([key, { value }]) => [key, value]));
  for (const [key, value] of Object.entries(input.context?.attributes ?? {})) merged.set(key, value);
  const entries = [...merged].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  if (targetingKey === undefined && entries.length === 0) return isClient ? ANYBODY : ANY_SERVER;
  const mark = markOf(isClient, { targetingKey, entries });
  const context = { targetingKey, attributes: Object.fromEntries(entries), now: Date.now() };
  return { isClient, context, isFresh: stored.fresh, mark };
}

type Entries = readonly (readonly [string, AttributeValue])[];

function markOf(
  isClient: boolean,
  { targetingKey, entries }: { readonly targetingKey?: string | undefined; readonly entries: Entries },
) {
  return createHash("sha256")
    .update(JSON.stringify([isClient, targetingKey ?? null, entries]))
    .digest("hex")
    .slice(0, 8);
}

const nobody = (isClient: boolean): IdentifiedViewer =>
  Object.freeze({ isClient, context: Object.freeze({}), isFresh: true, mark: markOf(isClient, { entries: [] }) });

/** Many ask without any context; they are one viewer, who is decided once. */
const ANYBODY = nobody(true);
const ANY_SERVER = nobody(false);
