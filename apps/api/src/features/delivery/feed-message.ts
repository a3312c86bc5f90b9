import { REVISION_KINDS } from "@halyard/contracts/schemas";
import { parseDelta } from "@halyard/evaluator/validate";
import { z } from "zod";
import type { CommittedRevision } from "../revisions/index.ts";

/** Larger revisions are read from the log by whoever needs them. */
const MAX_BYTES = 64 * 1024;

const head = z.object({
  environmentId: z.number().int(),
  from: z.number().int(),
  to: z.number().int(),
  epoch: z.string(),
  previousHash: z.string(),
  hash: z.string(),
  updatedAt: z.iso.datetime().transform((text) => new Date(text)),
  kind: z.enum(REVISION_KINDS),
  subjects: z.array(z.string()),
  actor: z.string(),
  delta: z.unknown(),
});

export function encodeRevision(revision: CommittedRevision): string {
  const whole = JSON.stringify(revision);
  if (Buffer.byteLength(whole) <= MAX_BYTES) return whole;
  return JSON.stringify({ environmentId: revision.environmentId, to: revision.to });
}

/** @returns `undefined` for a message without its delta, or one of another version of the product: read the log instead */
export function decodeRevision(text: string): CommittedRevision | undefined {
  const parsed = head.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const delta = parseDelta(parsed.data.delta);
  return delta.ok ? { ...parsed.data, delta: delta.delta } : undefined;
}

export interface IdentityHint {
  readonly origin: string;
  readonly identifier: string;
}

const hint = z.object({ origin: z.string(), identifier: z.string() });

export function decodeHint(text: string): IdentityHint | undefined {
  const parsed = hint.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not ours: whoever asked treats it as no message.
    return undefined;
  }
}
