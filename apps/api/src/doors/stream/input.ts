import { LIMITS } from "@halyard/contracts";
import { text, traitKey, traitValue } from "@halyard/contracts/schemas";
import { z } from "zod";

// A tolerant reader: unknown fields are ignored, known ones are checked.

const lastEventId = z.string().nullish();
const parts = z.boolean().optional();

export const environmentInput = z
  .object({ overrides: z.boolean().optional(), parts, lastEventId })
  .nullish()
  .transform((input) => input ?? {});

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const context = z.object({
  targetingKey: text(LIMITS.identifier).optional(),
  attributes: z
    .record(z.string(), z.union([scalar, z.array(scalar)], "Use a string, number, boolean or null, or a list of them."))
    .optional(),
});

export const flagsInput = z
  .object({ context: context.optional(), remember: z.boolean().optional(), parts, lastEventId })
  .superRefine(({ context, remember }, refinement) => {
    if (!remember) return;
    // What is stored must be storable; what is only evaluated need not be.
    for (const [name, value] of Object.entries(context?.attributes ?? {})) {
      const checks = [traitKey.safeParse(name), value === null ? { success: true as const } : traitValue.safeParse(value)];
      for (const check of checks) {
        if (check.success) continue;
        const message = check.error.issues[0]?.message ?? "Cannot be stored.";
        refinement.addIssue({ code: "custom", path: ["context", "attributes", name], message });
      }
    }
  })
  .nullish()
  .transform((input) => input ?? {});

export type ReadEnvironmentInput = z.output<typeof environmentInput>;
export type ReadFlagsInput = z.output<typeof flagsInput>;
