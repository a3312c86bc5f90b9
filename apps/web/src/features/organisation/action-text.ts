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

/** "flag.created" as "made the flag"; an action without words of ours stays readable too. */
export function actionText(action: string): string {
  const [noun = "", verb] = action.split(".");
  const name = noun.replaceAll("-", " ");
  if (verb === undefined) return name;
  return `${VERBS[verb] ?? `${verb.replaceAll("-", " ")}:`} ${name}`;
}
