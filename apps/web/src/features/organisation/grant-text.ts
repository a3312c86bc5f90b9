import type { OutputOf } from "../../lib/procedures.ts";
import { labelOf } from "./roles.ts";

export type Grant = OutputOf<"grants.list">[number];
type Group = OutputOf<"groups.list">[number];

const allOf = new Intl.ListFormat("en", { type: "conjunction" });

export const roleText = ({ role, customRole }: Pick<Grant, "role" | "customRole">): string => customRole?.name ?? labelOf(role);

/** "shop · production, for flags tagged beta" */
export function placeText({ project, environment, tags }: Pick<Grant, "project" | "environment" | "tags">): string {
  const place = project === null ? "the whole organisation" : environment === null ? project : `${project} · ${environment}`;
  if (tags === null) return place;
  return `${place}, for flags tagged ${tags.length === 0 ? "with tags that were deleted" : allOf.format(tags)}`;
}

/** What somebody holds besides their own role, and by which group: "Editor in shop by Backend". */
export function standingText(userId: string, groups: readonly Group[], grants: readonly Grant[]): string[] {
  const own = groups.filter((group) => group.members.some((it) => it.userId === userId));
  const isTheirs = ({ subject }: Grant) =>
    subject.kind === "member" ? subject.id === userId : own.some((group) => isGroup(subject, group.id));
  return grants.filter(isTheirs).map((grant) => {
    const by = grant.subject.kind === "group" ? ` by ${grant.subject.name}` : "";
    return `${roleText(grant)} in ${placeText(grant)}${by}`;
  });
}

const isGroup = (subject: Grant["subject"], id: number) => subject.kind === "group" && subject.id === String(id);
