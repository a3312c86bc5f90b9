import type { flagDetail } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { type flagState, segment, segmentOverride } from "@halyard/db/schema";
import { and, asc, eq, inArray, isNotNull, or } from "drizzle-orm";
import type { z } from "zod";

type State = Pick<typeof flagState.$inferSelect, "bucketBy" | "weights" | "prerequisites">;

/** Whether somebody else than the identity is placed among the variants, which Flagsmith's document has no word for. */
export const placesAnother = ({ bucketBy, weights }: Omit<State, "prerequisites">): boolean =>
  weights.length > 0 && bucketBy !== null && bucketBy !== "$.identity.key";

/** Overrides that Flagsmith's document cannot say, and their segments. */
export async function listInexactOverrides(tx: Db, flagIds: readonly number[]) {
  const rows = await tx
    .select({ override: segmentOverride, segment: segment.key, isSaid: segment.flagsmithExact })
    .from(segmentOverride)
    .innerJoin(segment, eq(segment.id, segmentOverride.segmentId))
    .where(
      and(
        inArray(segmentOverride.flagId, [...flagIds]),
        or(eq(segment.flagsmithExact, false), isNotNull(segmentOverride.bucketBy)),
      ),
    )
    .orderBy(asc(segmentOverride.priority), asc(segmentOverride.id));
  return rows.filter(({ override, isSaid }) => !isSaid || placesAnother(override));
}

interface Place {
  readonly flagId: number;
  readonly environmentId: number;
  readonly state: State;
}

/** Whether Flagsmith's document says the flag as it is, and why not. */
export async function readFlagsmith(tx: Db, place: Place): Promise<z.output<typeof flagDetail>["flagsmith"]> {
  const { flagId, environmentId, state } = place;
  const overrides = (await listInexactOverrides(tx, [flagId])).filter((it) => it.override.environmentId === environmentId);
  const reasons = [
    ...(state.prerequisites.length > 0 ? ["It requires other flags."] : []),
    ...(placesAnother(state) ? [`It places \`${state.bucketBy}\` among its variants, and not the identity.`] : []),
    ...overrides.map(({ override, segment, isSaid }) =>
      isSaid
        ? `For the segment \`${segment}\` it places \`${override.bucketBy}\` among its variants, and not the identity.`
        : `The segment \`${segment}\` compares dates, ranges of versions, elements of lists or texts as Flagsmith cannot.`,
    ),
  ];
  return { exact: reasons.length === 0, reasons };
}
