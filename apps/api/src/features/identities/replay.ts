import type { replayOutput } from "@halyard/contracts/schemas";
import type { Db } from "@halyard/db";
import type { Context } from "@halyard/evaluator";
import { type DecisionToken, hashContext, parseDecisionToken } from "@halyard/evaluator/explain";
import type { z } from "zod";
import { invalid, notFound } from "../../errors.ts";
import { parsePosition } from "../delivery/index.ts";
import { findRevisionHash, readEnvironmentAt } from "../revisions/index.ts";
import { explainIn } from "./explain.ts";

type ReplayResult = z.output<typeof replayOutput>;

interface Replay {
  readonly token: string;
  readonly context: Context;
}

/**
 * Makes a decision once more, in the environment as it was and at the moment it was made.
 *
 * @throws AppError `not_found` for a token of another environment, `invalid` for none at all or another context
 */
export async function replayDecision(db: Db, environmentId: number, { token, context }: Replay): Promise<ReplayResult> {
  const decision = parseDecisionToken(token);
  if (!decision) throw invalid("token", "This is no decision token; give one as an explanation answered with it, unchanged.");
  const version = await findVersion(db, environmentId, decision);
  if (version === undefined) throw notFound("decision", token);
  if (hashContext(context) !== decision.contextHash) {
    throw invalid("attributes", "The decision was made for another context; give the targeting key and attributes of that time.");
  }
  const compiled = await readEnvironmentAt(db, environmentId, version);
  const again = explainIn(
    { version, position: decision.position, compiled },
    { flag: decision.flagKey, context: { ...context, ...(decision.now !== null && { now: decision.now }) } },
  );
  const differences = differencesOf(decision, again);
  return { ...again, matches: differences.length === 0, differences };
}

/** Where the token's position is in this environment's log; hashes differ from environment to environment. */
async function findVersion(db: Db, environmentId: number, { position }: DecisionToken): Promise<number | undefined> {
  const place = parsePosition(position);
  if (!place || place.version === 0) return undefined;
  const hash = await findRevisionHash(db, environmentId, place.version);
  return hash?.slice(0, 8) === place.hash8 ? place.version : undefined;
}

function differencesOf(then: DecisionToken, again: Pick<ReplayResult, "outcome" | "steps">): ReplayResult["differences"] {
  const place = again.steps.find((step) => step.decided)?.placement?.place ?? null;
  return [
    ...(then.reason === again.outcome.reason
      ? []
      : [{ what: "reason" as const, then: then.reason, again: again.outcome.reason }]),
    ...(then.place === place ? [] : [{ what: "place" as const, then: then.place, again: place }]),
  ];
}
