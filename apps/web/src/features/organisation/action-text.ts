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

/** What reads as a verb alone, or has no noun of its own. */
const WHOLE: Readonly<Record<string, string>> = {
  import: "imported",
  "sign-in.succeeded": "signed in",
  "sign-in.failed": "failed to sign in:",
  "access.denied": "was refused:",
  "key.first-used": "called for the first time",
};

/** "flag.created" as "made the flag"; an action without words of ours stays readable too. */
export function actionText(action: string): string {
  const whole = WHOLE[action];
  if (whole !== undefined) return whole;
  const [noun = "", verb] = action.split(".");
  const name = noun.replaceAll("-", " ");
  if (verb === undefined) return name;
  return `${VERBS[verb] ?? `${verb.replaceAll("-", " ")}:`} ${name}`;
}

interface About {
  readonly subject: string;
  readonly environment: string | null;
  readonly actorRef: string;
}

/**
 * Several subjects are written with commas; what kind each is, the action says. An environment stands for itself in its own
 * revisions, and is beside the point in those of other things. Who did something to themselves is named already.
 */
export function subjectText({ subject, environment, actorRef }: About): string {
  if (subject === actorRef) return "";
  if (subject === "environment") return environment ?? "";
  return subject.replace(/, environment$/, "").replaceAll(/(^|, )[a-z-]+:/g, "$1");
}

/** Programs and the system itself are named as what they are. */
export const actorText = (actor: string): string => actor.replace(/^system:/, "Halyard, ");
