const VERBS: Readonly<Record<string, string>> = {
  created: "made the",
  updated: "changed the",
  deleted: "deleted the",
  archived: "archived the",
  restored: "restored the",
  revoked: "revoked the",
  set: "set the",
  added: "added the",
  removed: "removed the",
  state: "changed what is answered by the",
  reordered: "reordered the",
};

/** What happened to no noun of its own. */
const WHOLE: Readonly<Record<string, string>> = { import: "imported" };

/** "flag.created" as "made the flag"; an action without words of ours stays readable too. */
export function actionText(action: string): string {
  const [noun = "", verb] = action.split(".");
  const name = noun.replaceAll("-", " ");
  if (verb === undefined) return WHOLE[name] ?? name;
  return `${VERBS[verb] ?? `${verb.replaceAll("-", " ")}:`} ${name}`;
}

/**
 * Several subjects are written with commas; what kind each is, the action says. An environment stands for itself in its own
 * revisions, and is beside the point in those of other things.
 */
export function subjectText(subject: string, environment: string | null): string {
  if (subject === "environment") return environment ?? "";
  return subject.replace(/, environment$/, "").replaceAll(/(^|, )[a-z-]+:/g, "$1");
}

/** Programs and the system itself are named as what they are. */
export const actorText = (actor: string): string => actor.replace(/^system:/, "Halyard, ");
