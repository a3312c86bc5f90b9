import { segment } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import type { InProject } from "../../call.ts";
import { AppError } from "../../errors.ts";
import { listSegmentOverrides, setPriorities } from "../flags/index.ts";
import { withRevision } from "../revisions/index.ts";
import { getSegment, listUses, readSegmentDetail } from "./segments.queries.ts";

/** Most flags that a refusal names. */
const MOST_NAMES = 10;

/** `force` also deletes the overrides that flags have for it, in the same revision. */
export async function deleteSegment(
  call: InProject,
  { segment: key, force }: { readonly segment: string; readonly force: boolean },
): Promise<void> {
  const { db } = call.revisions;
  const projectId = call.project.id;
  const seen = await getSegment(db, projectId, key);
  const flagsOf = (uses: Awaited<ReturnType<typeof listUses>>) => [...new Set(uses.map((it) => it.flagId))];
  await withRevision(
    call.revisions,
    {
      actor: call.actor,
      request: call.request,
      kind: "segment.deleted",
      project: projectId,
      environments: "all",
      touches: { segments: [seen.id], flags: flagsOf(await listUses(db, seen.id)) },
    },
    async (tx) => {
      const row = await getSegment(tx, projectId, key);
      const uses = await listUses(tx, row.id);
      if (uses.length > 0 && !force) {
        const names = [...new Set(uses.map((it) => `\`${it.flag}\``))];
        const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
        throw new AppError(
          "conflict",
          `The segment \`${key}\` is used by ${names.slice(0, MOST_NAMES).join(", ")}${more}. Delete their overrides first, or use \`force\`.`,
          { current: await readSegmentDetail(tx, projectId, key) },
        );
      }
      await tx.delete(segment).where(eq(segment.id, row.id));
      for (const { flagId, environmentId } of uses) {
        await setPriorities(tx, await listSegmentOverrides(tx, flagId, environmentId));
      }
      return { result: undefined, touched: { segments: [row.id], flags: flagsOf(uses) } };
    },
  );
}
