import { z } from "zod";
import { LIMITS } from "../limits.ts";

const UNSTORABLE = /\u0000|\p{Surrogate}/u;

/** Every string that is stored passes here: PostgreSQL refuses NUL in text, and NUL and lone surrogates in jsonb. */
export const text = (max: number) =>
  z
    .string()
    .max(max, `Use at most ${max} characters.`)
    .refine((value) => !UNSTORABLE.test(value), "Remove the NUL characters and unpaired surrogates; they cannot be stored.");

/** Text that says something: trimmed, not empty. */
export const filled = (max: number) =>
  text(max)
    .transform((value) => value.trim())
    .pipe(z.string().min(1, "Write at least one character."));

export const name = filled(LIMITS.name);
export const description = text(LIMITS.description);
export const comment = text(LIMITS.comment);

export const slug = z
  .string()
  .max(LIMITS.slug, `Use at most ${LIMITS.slug} characters.`)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, "Use lower-case letters, digits and single hyphens, such as `web-shop`.");

export const flagKey = z
  .string()
  .min(1, "Write at least one character.")
  .max(LIMITS.flagKey, `Use at most ${LIMITS.flagKey} characters.`)
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9_.:-]*)$/, "Start with a letter or digit, then use letters, digits, `_`, `-`, `.` and `:`.");

export const colour = z.string().regex(/^#[0-9a-f]{6}$/i, "Use a colour such as `#3366cc`.");
export const instant = z.iso.datetime({ offset: true, error: "Use ISO 8601 with a zone, such as `2026-11-22T14:05:00Z`." });
/** PostgreSQL's integer ends here. */
const MAX_INTEGER = 2_147_483_647;
export const id = z.number().int().min(1).max(MAX_INTEGER);
/** An environment's or a segment's version. */
export const version = z.number().int().min(0).max(MAX_INTEGER);
export const email = z
  .email("Use an address such as `ada@example.com`.")
  .max(320)
  .transform((value) => value.toLowerCase());
