import type { grant as grantSchema } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import { apiKey, customRole, environment, member, project, roleGrant, tag, user, userGroup } from "@halyard/db/schema";
import { and, asc, eq, inArray, type SQL } from "drizzle-orm";
import type { z } from "zod";

export type GrantView = z.output<typeof grantSchema>;
export type GrantRow = typeof roleGrant.$inferSelect;

/** Grants with names in place of ids, in the order they were made. */
export async function readGrantViews(
  db: Db,
  organisationId: number,
  where?: SQL,
): Promise<{ readonly row: GrantRow; readonly view: GrantView }[]> {
  const rows = await db
    .select({
      grant: roleGrant,
      person: { id: user.id, name: user.name },
      group: userGroup.name,
      key: apiKey.name,
      customRole: customRole.name,
      project: project.slug,
      environment: environment.slug,
    })
    .from(roleGrant)
    .leftJoin(member, eq(member.id, roleGrant.memberId))
    .leftJoin(user, eq(user.id, member.userId))
    .leftJoin(userGroup, eq(userGroup.id, roleGrant.groupId))
    .leftJoin(apiKey, eq(apiKey.id, roleGrant.apiKeyId))
    .leftJoin(customRole, eq(customRole.id, roleGrant.customRoleId))
    .leftJoin(project, eq(project.id, roleGrant.projectId))
    .leftJoin(environment, eq(environment.id, roleGrant.environmentId))
    .where(and(eq(roleGrant.organisationId, organisationId), where))
    .orderBy(asc(roleGrant.id));
  const labels = await readLabels(
    db,
    rows.flatMap((row) => row.grant.tagIds ?? []),
  );
  return rows.map(({ grant, person, group, key, ...names }) => ({
    row: grant,
    view: {
      id: grant.id,
      subject: person
        ? { kind: "member" as const, id: person.id, name: person.name }
        : grant.groupId !== null
          ? { kind: "group" as const, id: String(grant.groupId), name: group ?? "" }
          : { kind: "api-key" as const, id: String(grant.apiKeyId), name: key ?? "" },
      role: grant.role,
      customRole: grant.customRoleId === null ? null : { id: grant.customRoleId, name: names.customRole ?? "" },
      project: names.project,
      environment: names.environment,
      tags: grant.tagIds && grant.tagIds.flatMap((id) => labels.get(id) ?? []),
      createdAt: grant.createdAt.toISOString(),
    },
  }));
}

/** Labels of tags by id; of those that are gone, nothing. */
export async function readLabels(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: tag.id, label: tag.label })
    .from(tag)
    .where(inArray(tag.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row.label]));
}
