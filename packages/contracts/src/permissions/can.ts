import { definitionOf, type Permission } from "./permissions.ts";

/** Somewhere in the product, by ids. What is left out is "all of them". */
export interface Place {
  readonly organisation: number;
  readonly project?: number | undefined;
  /** Only together with its project. */
  readonly environment?: number | undefined;
}

/** Permissions somebody holds in a place and everything inside it. */
export interface Grant {
  readonly place: Place;
  readonly permissions: ReadonlySet<Permission>;
  /** Ids of tags: permissions that go by tag hold only for flags with one of them. Null does not limit. */
  readonly tags: readonly number[] | null;
}

export interface Target extends Place {
  /** Ids of the flag's tags, where it is about one flag. Left out: about any flag, so limited grants do not count. */
  readonly tags?: readonly number[] | undefined;
}

/**
 * The one verdict on who may do what.
 *
 * @param grants all that the actor holds, by whatever way: own role, grants, groups
 * @param target where; a project for a permission of environments asks whether it is held in all of them
 */
export function can(grants: readonly Grant[], permission: Permission, target: Target): boolean {
  return grants.some(
    (grant) =>
      grant.permissions.has(permission) && reaches(grant.place, permission, target) && fitsTags(grant, permission, target),
  );
}

/** True where some flag's tags would make {@link can} answer yes. */
export const canForSomeTags = (grants: readonly Grant[], permission: Permission, target: Place): boolean =>
  grants.some((grant) => grant.permissions.has(permission) && reaches(grant.place, permission, target));

export const covers = (outer: Place, inner: Place): boolean =>
  outer.organisation === inner.organisation &&
  (outer.project === undefined || outer.project === inner.project) &&
  (outer.environment === undefined || outer.environment === inner.environment);

/** Whoever has a part in something sees what contains it; all else holds downwards only. */
function reaches(place: Place, permission: Permission, target: Place): boolean {
  if (covers(place, target)) return true;
  switch (permission) {
    case "VIEW_ORGANISATION":
      return place.organisation === target.organisation;
    case "VIEW_PROJECT":
      return target.project !== undefined && target.environment === undefined && covers(target, place);
    default:
      return false;
  }
}

function fitsTags({ tags }: Grant, permission: Permission, target: Target): boolean {
  if (tags === null || definitionOf(permission).byTag !== true) return true;
  return target.tags?.some((tag) => tags.includes(tag)) ?? false;
}
