import type { Db } from "@halyard/db";
import { environment, project, revision } from "@halyard/db/schema";
import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import { AppError, notFound, sqlState } from "../../errors.ts";
import type { Expectation, LockedEnvironment, RevisionRequest } from "./request.ts";

const DEADLOCK_RETRIES = 3;
const RETRYABLE = new Set(["40P01", "40001"]);

export async function retryDeadlocks<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === DEADLOCK_RETRIES || !RETRYABLE.has(sqlState(error) ?? "")) throw error;
    }
  }
}

export const projectsOf = ({ project }: Pick<RevisionRequest, "project">): readonly number[] =>
  typeof project === "number" ? [project] : [...new Set(project)].sort((a, b) => a - b);

const lockedColumns = {
  id: environment.id,
  projectId: environment.projectId,
  slug: environment.slug,
  version: environment.version,
  headHash: environment.headHash,
  epoch: environment.epoch,
};

/** Project first (for project-wide work), then environments ascending by id: every writer in the same order. */
export async function lock(tx: Db, request: RevisionRequest): Promise<LockedEnvironment[]> {
  const { environments } = request;
  const projects = projectsOf(request);
  if (environments === "all") for (const id of projects) await lockProject(tx, id);
  const locked = await tx
    .select(lockedColumns)
    .from(environment)
    .where(
      and(
        inArray(environment.projectId, [...projects]),
        environments === "all" ? undefined : inArray(environment.id, [...environments]),
      ),
    )
    .orderBy(asc(environment.id))
    // Not `update`: that would also hold up every insert of a row that refers to the environment, such as an identity.
    .for("no key update");
  if (environments !== "all" && locked.length !== new Set(environments).size)
    throw notFound("environment", environments.join(", "));
  return locked;
}

/** Held by whoever writes to all environments of a project, or makes or deletes one. */
export async function lockProject(tx: Db, projectId: number): Promise<void> {
  const [row] = await tx.select({ id: project.id }).from(project).where(eq(project.id, projectId)).for("no key update");
  if (!row) throw notFound("project", projectId);
}

export async function expectUnchanged(tx: Db, expected: Expectation, locked: readonly LockedEnvironment[]): Promise<void> {
  const head = locked.find((it) => it.id === expected.environmentId);
  if (!head || head.version === expected.version) return;
  if (expected.version < head.version) {
    const later = await tx
      .select({ version: revision.version })
      .from(revision)
      .where(
        and(
          eq(revision.environmentId, head.id),
          gt(revision.version, expected.version),
          sql`${revision.subjects} @> array[${expected.subject}]::text[]`,
        ),
      )
      .limit(1);
    if (later.length === 0) return;
  }
  throw new AppError(
    "conflict",
    `\`${expected.subject}\` was changed since version ${expected.version}. Look at the current row and try again.`,
    {
      current: await expected.current(tx),
    },
  );
}
