import { ALL_PERMISSIONS, can, type Grant, type Permission, type Place } from "@halyard/contracts/permissions";
import type { ownPermissions, ownPermissionsInput } from "@halyard/contracts/schemas";
import type { z } from "zod";
import { invalid } from "../../errors.ts";
import type { Asker } from "../../permissions/demand.ts";
import { listGranters } from "../../permissions/grants.queries.ts";
import { findVisibleEnvironment, findVisibleProject, type Organisation } from "../../scope.ts";
import { readLabels } from "./grants.queries.ts";

type Wish = Omit<z.output<typeof ownPermissionsInput>, "organisation">;
type Own = z.output<typeof ownPermissions>;

const MOST_GRANTERS = 5;

/** Everything the caller may do in a place, by the same verdict that the procedures ask for. */
export async function readOwnPermissions(ctx: Asker & { readonly organisation: Organisation }, wish: Wish): Promise<Own> {
  const { db, organisation, grants } = ctx;
  const place = await findPlace(ctx, wish);
  const byTag = await readByTag(ctx, place);
  return {
    role: organisation.role,
    granted: ALL_PERMISSIONS.filter((permission) => can(grants, permission, place)),
    byTag,
    granters: await listGranters(db, organisation.id, MOST_GRANTERS),
  };
}

async function findPlace(
  { db, organisation, grants }: Asker & { readonly organisation: Organisation },
  wish: Wish,
): Promise<Place> {
  if (wish.project === undefined) {
    if (wish.environment !== undefined) throw invalid("project", "Name the environment's project too.");
    return { organisation: organisation.id };
  }
  const project = await findVisibleProject(db, organisation, wish.project);
  if (wish.environment === undefined) return { organisation: organisation.id, project: project.id };
  const environment = await findVisibleEnvironment(db, { project, grants }, wish.environment);
  return { organisation: organisation.id, project: project.id, environment: environment.id };
}

async function readByTag({ db, grants }: Asker, place: Place): Promise<Own["byTag"]> {
  const ids = [...new Set(grants.flatMap((grant: Grant) => grant.tags ?? []))];
  const labels = [...(await readLabels(db, ids))];
  const tagsOf = (permission: Permission) =>
    labels.flatMap(([id, label]) => (can(grants, permission, { ...place, tags: [id] }) ? [label] : []));
  return ALL_PERMISSIONS.flatMap((permission) => {
    if (can(grants, permission, place)) return [];
    const tags = tagsOf(permission);
    return tags.length > 0 ? [{ permission, tags }] : [];
  });
}
