import type { setPrerequisitesInput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { flagState } from "@halyard/db/schema";
import type { Prerequisite } from "@halyard/evaluator/model";
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
  const requires = new Map(rows.map((row) => [row.flagId, row.prerequisites.map((it) => it.flagId)]));
  requires.set(
    flag.id,
    prerequisites.map((it) => it.flagId),
  );
  const cycle = cycleFrom(flag.id, requires);
  if (!cycle) return;
  const keys = new Map(rows.map((row) => [row.flagId, row.key])).set(flag.id, flag.key);
  const circle = cycle.map((id) => `\`${keys.get(id)}\``).join(" → ");
  throw new AppError(
    "conflict",
    `The flags would require each other in a circle: ${circle}. Take one of these prerequisites out.`,
  );
}

/** The way from a flag back to itself, both ends named; undefined where there is none. */
function cycleFrom(start: number, requires: ReadonlyMap<number, readonly number[]>): number[] | undefined {
  const seen = new Set<number>();
  const way: { readonly id: number; readonly next: Iterator<number> }[] = [];
  const enter = (id: number) => way.push({ id, next: (requires.get(id) ?? [])[Symbol.iterator]() });
  enter(start);
  for (let at = way.at(-1); at !== undefined; at = way.at(-1)) {
    const step = at.next.next();
    if (step.done) way.pop();
    else if (step.value === start) return [...way.map((it) => it.id), start];
    else if (!seen.has(step.value)) {
      seen.add(step.value);
      enter(step.value);
    }
  }
  return undefined;
}
