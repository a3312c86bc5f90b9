import type { setPrerequisitesInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { flagState } from "@halyard/db/schema";
import type { Prerequisite } from "@halyard/evaluator/model";
import { prerequisiteCycle } from "@halyard/evaluator/validate";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { InEnvironment } from "../../call.ts";
import { AppError, invalid } from "../../errors.ts";
import type { FlagDetail } from "./flag-detail.queries.ts";
import { type FlagRow, findFlagLike, listVariants } from "./flags.queries.ts";
import { listRequirements } from "./prerequisites.queries.ts";
import { getFlagDetail, reviseState } from "./set-flag-state.ts";
import { CONTROL, variantName } from "./values.ts";

type Wish = Omit<z.output<typeof setPrerequisitesInput>, "organisation" | "project" | "environment">;

/** What other flags of the environment must answer for this one to be on. Replaces all that was required before. */
export async function setPrerequisites(call: InEnvironment, wish: Wish): Promise<FlagDetail> {
  await reviseState(call, { ...wish, kind: "flag.prerequisites" }, async (tx, flag) => {
    const prerequisites: Prerequisite[] = [];
    for (const [index, it] of wish.prerequisites.entries()) {
      prerequisites.push(await toPrerequisite(tx, call, { wish: it, path: `prerequisites.${index}` }));
    }
    // Under the environment's lock, so that two writes cannot close a circle together.
    await refuseCycle(tx, call, { flag, prerequisites });
    await tx
      .update(flagState)
      .set({ prerequisites, updatedAt: new Date() })
      .where(and(eq(flagState.flagId, flag.id), eq(flagState.environmentId, call.environment.id)));
  });
  return getFlagDetail(call, wish.flag);
}

interface Given {
  readonly wish: Wish["prerequisites"][number];
  readonly path: string;
}

async function toPrerequisite(tx: Db, call: InEnvironment, { wish, path }: Given): Promise<Prerequisite> {
  const required = await findFlagLike(tx, call.project.id, wish.flag);
  if (required?.key !== wish.flag) throw invalid(`${path}.flag`, `There is no flag \`${wish.flag}\` in this project.`);
  if (required.archivedAt) throw invalid(`${path}.flag`, `The flag \`${wish.flag}\` is archived; restore it first.`);
  const { enabled, variant } = wish;
  if (variant === undefined || variant === null) return { flagId: required.id, enabled };
  if (!enabled) throw invalid(`${path}.variant`, "A flag that is off gives nobody a variant; leave the variant out.");
  const names = (await listVariants(tx, required.id)).map(variantName);
  if (names.length > 0 && [...names, CONTROL].includes(variant)) return { flagId: required.id, enabled, variant };
  const known = [...names, CONTROL].map((name) => `\`${name}\``).join(", ");
  const remedy = names.length === 0 ? "it has none; leave the variant out" : `it has ${known}`;
  throw invalid(`${path}.variant`, `The flag \`${wish.flag}\` has no variant \`${variant}\`; ${remedy}.`);
}

interface Wanted {
  readonly flag: FlagRow;
  readonly prerequisites: readonly Prerequisite[];
}

/** @throws AppError `conflict` naming the flags of the circle */
async function refuseCycle(tx: Db, call: InEnvironment, { flag, prerequisites }: Wanted): Promise<void> {
  const rows = await listRequirements(tx, call.environment.id);
  const others = rows.filter((row) => row.id !== flag.id);
  const [first, ...more] = prerequisiteCycle([...others, { id: flag.id, key: flag.key, prerequisites }]);
  if (first === undefined) return;
  const circle = [first, ...more, first].map((key) => `\`${key}\``).join(" → ");
  throw new AppError(
    "conflict",
    `The flags would require each other in a circle: ${circle}. Take one of these prerequisites out.`,
  );
}
