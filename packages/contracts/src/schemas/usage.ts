import { z } from "zod";
import { inEnvironment, ofFlagState } from "./scope.ts";
import { instant } from "./text.ts";

/** How often SDKs read a flag in one part of the time asked for. */
const usageBucket = z.object({
  /** When it begins; it ends where the next begins, the last one now. */
  at: instant,
  on: z.number().int(),
  /** Read as off, and reads of SDKs that do not say what they read. */
  off: z.number().int(),
});

export const usageOfFlagInput = ofFlagState.extend({ period: z.enum(["24h", "7d"]).default("24h") });
/** Oldest first, without a gap. */
export const usageOfFlag = z.object({ stepMinutes: z.number().int(), buckets: z.array(usageBucket) });

export const usageOfFlagsInput = inEnvironment;
/** The last 24 hours by the hour, oldest first, of every flag that was read at all. */
export const usageOfFlags = z.object({
  from: instant,
  stepMinutes: z.number().int(),
  flags: z.array(z.object({ flag: z.string(), counts: z.array(z.number().int()) })),
});
