import { flag } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import type { InProject } from "../../call.ts";
import { AppError, invalid } from "../../errors.ts";
import type { FlagSummary } from "./flag-summary.queries.ts";
import { refuseRequired, refuseWithoutPrerequisites } from "./required-flags.ts";
import { findExpected, reviseFlag } from "./revise-flag.ts";
import { getFlagSummary } from "./update-flag.ts";

interface ArchiveChange {
  readonly flag: string;
  readonly archived: boolean;
  readonly expected?: { readonly environment: string; readonly version: number } | undefined;
  readonly comment?: string | undefined;
}

/** Takes a flag out of every environment, or brings it back with all the states and overrides it had. */
export async function archiveFlag(
  call: InProject,
  { flag: key, archived, comment, expected }: ArchiveChange,
): Promise<FlagSummary> {
  await reviseFlag(
    call,
    {
      key,
      kind: archived ? "flag.archived" : "flag.restored",
      comment,
      environments: "all",
      expected: await findExpected(call, expected),
      reachesIdentities: true,
      alsoArchived: true,
    },
    async (tx, row) => {
      if ((row.archivedAt !== null) === archived) return;
      if (archived) await refuseRequired(tx, row, { by: "live flags" });
      else await refuseWithoutPrerequisites(tx, row);
      await tx
        .update(flag)
        .set({ archivedAt: archived ? new Date() : null })
        .where(eq(flag.id, row.id));
    },
  );
  return getFlagSummary(call, key);
}

/** For good, with its states and overrides. Only an archived flag, which nobody is answered with any more. */
export async function deleteFlag(call: InProject, { flag: key, confirm }: { flag: string; confirm: string }): Promise<void> {
  if (confirm !== key) throw invalid("confirm", `Write the flag's key \`${key}\` to delete it.`);
  // SDKs have lost it already; the revision is for people.
  await reviseFlag(
    call,
    { key, kind: "flag.deleted", environments: "all", alsoArchived: true, always: true },
    async (tx, row) => {
      if (!row.archivedAt) throw new AppError("conflict", `The flag \`${key}\` is in use; archive it first.`);
      await refuseRequired(tx, row, { by: "any flag" });
      await tx.delete(flag).where(eq(flag.id, row.id));
    },
  );
}
