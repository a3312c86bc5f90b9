import type { Db } from "@halyard/db";
import { AppError } from "../../errors.ts";
import type { FlagRow, VariantRow } from "./flags.queries.ts";
import { type Dependent, listArchivedPrerequisites, listDependents } from "./prerequisites.queries.ts";
import { CONTROL } from "./values.ts";

/** How many flags a refusal names. */
const MOST_NAMED = 10;

/** An archived flag is missing for those that require it, which would turn them off everywhere at once. @throws AppError `conflict` */
export async function refuseRequired(tx: Db, flag: FlagRow, { by }: { readonly by: "live flags" | "any flag" }): Promise<void> {
  const dependents = (await listDependents(tx, flag.id)).filter((it) => by === "any flag" || !it.isArchived);
  if (dependents.length > 0) throw inTheWay(`The flag \`${flag.key}\``, dependents);
}

/** A variant that is required keeps its key; so does `control`, which goes with the last variant. @throws AppError `conflict` */
export async function refuseRequiredVariant(
  tx: Db,
  flag: FlagRow,
  { variant, isLast }: { readonly variant: VariantRow; readonly isLast: boolean },
): Promise<void> {
  const keys = isLast ? [variant.key, CONTROL] : [variant.key];
  const dependents = (await listDependents(tx, flag.id)).filter((it) => keys.includes(it.requirement.variant ?? null));
  if (dependents.length > 0) throw inTheWay(`The variant \`${variant.key}\` of \`${flag.key}\``, dependents);
}

/** @throws AppError `conflict` while something the flag requires is archived: it would come back and be off */
export async function refuseWithoutPrerequisites(tx: Db, flag: FlagRow): Promise<void> {
  const missing = await listArchivedPrerequisites(tx, flag.id);
  if (missing.length === 0) return;
  const names = missing.map((key) => `\`${key}\``).join(", ");
  throw new AppError("conflict", `The flag \`${flag.key}\` requires ${names}, which is archived; restore that first.`);
}

function inTheWay(what: string, dependents: readonly Dependent[]): AppError {
  const places = new Map<string, string[]>();
  for (const { flag, isArchived, environment } of dependents) {
    const name = `\`${flag}\`${isArchived ? " (archived)" : ""}`;
    places.set(name, [...(places.get(name) ?? []), environment]);
  }
  const named = [...places].slice(0, MOST_NAMED).map(([name, slugs]) => `${name} in ${slugs.join(", ")}`);
  const more = places.size > MOST_NAMED ? ` and ${places.size - MOST_NAMED} more` : "";
  return new AppError("conflict", `${what} is required by ${named.join("; ")}${more}. Take it out of their prerequisites first.`);
}
