import { useQueryClient } from "@tanstack/solid-query";
import type { Accessor } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import type { Questions } from "../../lib/create-question.ts";
import { createQuestions } from "../../lib/create-question.ts";
import { errorMessage } from "../../lib/errors.ts";
import { queryKey } from "../../lib/queries.ts";
import { inputOf, usePlace } from "../../lib/use-place.ts";
import { showToast } from "../../ui/toast.tsx";
import { createEnvironments, isCareful } from "../shell/index.ts";
import { removeQuestion, setQuestion } from "./override-questions.ts";
import type { OverrideWish } from "./override-wish.ts";
import type { Identity, Outcome } from "./reasons.ts";

const TOUCHES = ["identities.list", "flags", "revisions", "environments"];

/** Puts what the server answered on the page without asking again. */
function useKeep(): (identity: Identity) => void {
  const place = usePlace();
  const client = useQueryClient();
  return (identity) =>
    client.setQueryData(queryKey("identities.get", { ...inputOf(place()), identifier: identity.identifier }), identity);
}

type TraitValue = Identity["traitValues"][string];

export interface TraitEdits {
  /** Null removes it. */
  readonly set: (key: string, value: TraitValue | null) => Promise<boolean>;
  readonly error: Accessor<unknown>;
}

/** Shown at once, taken back where the server refuses, undone from the message. */
export function createTraitEdits(identity: Accessor<Identity>): TraitEdits {
  const place = usePlace();
  const keep = useKeep();
  const act = createAct({ path: "identities.setTrait", touches: ["identities.list"], done: keep });

  const set = async (key: string, value: TraitValue | null): Promise<boolean> => {
    const before = identity();
    const was = before.traitValues[key] ?? null;
    const { [key]: _, ...others } = before.traitValues;
    if (key in before.traitValues) keep({ ...before, traitValues: value === null ? others : { ...others, [key]: value } });
    const took = await act.run({ ...inputOf(place()), identifier: before.identifier, key, value });
    if (!took) {
      keep(before);
      return false;
    }
    if (value === null) {
      showToast({ title: `Removed ${key}`, action: { label: "Undo", onClick: () => void set(key, was) } });
    }
    return true;
  };
  return { set, error: act.error };
}

export interface OverrideEdits {
  /** Asks first where the environment is careful. `done` runs once it took. */
  readonly set: (outcome: Outcome, wish: OverrideWish, done: () => void) => void;
  readonly remove: (flag: string) => void;
  readonly questions: Questions;
  readonly isBusy: Accessor<boolean>;
  readonly error: Accessor<unknown>;
  readonly clear: () => void;
}

/** An identity's own answers; each act can be undone from its message. */
export function createOverrideEdits(identity: Accessor<Identity>): OverrideEdits {
  const place = usePlace();
  const keep = useKeep();
  const refused = (error: unknown) => showToast({ title: "Not changed", about: errorMessage(error), tone: "danger" });
  const setting = createAct({ path: "identityOverrides.set", touches: TOUCHES, done: keep });
  const removing = createAct({ path: "identityOverrides.delete", touches: TOUCHES, done: keep, refused });
  const environments = createEnvironments(place);
  const questions = createQuestions(() => isCareful(environments.current()));
  const of = (flag: string) => ({
    flag,
    identifier: identity().identifier,
    environment: environments.nameOf(place().environment),
  });
  const at = () => ({ ...inputOf(place()), identifier: identity().identifier });

  const existing = (flag: string): OverrideWish | undefined => {
    const found = identity().flagOverrides.find((it) => it.flag === flag);
    return found && { flag, enabled: found.enabled, value: found.value, weights: found.weights };
  };
  const restore = (flag: string, before: OverrideWish | undefined) =>
    before ? setting.run({ ...at(), ...before }) : removing.run({ ...at(), flag });

  const set = async (wish: OverrideWish, done: () => void) => {
    const before = existing(wish.flag);
    if (!(await setting.run({ ...at(), ...wish }))) return;
    done();
    showToast({
      title: `Set ${wish.flag} for ${identity().identifier}`,
      about: "Clients have it in a moment.",
      action: { label: "Undo", onClick: () => void restore(wish.flag, before) },
    });
  };
  const remove = async (flag: string) => {
    const before = existing(flag);
    if (!(await removing.run({ ...at(), flag }))) return;
    showToast({
      title: `${flag} is like everyone's again`,
      ...(before && { action: { label: "Undo", onClick: () => void restore(flag, before) } }),
    });
  };

  return {
    set: (outcome, wish, done) =>
      questions.ask({ ...setQuestion(of(outcome.flag), outcome, wish), act: () => void set(wish, done) }),
    remove: (flag) => questions.ask({ ...removeQuestion(of(flag)), act: () => void remove(flag) }),
    questions,
    isBusy: () => setting.isBusy() || removing.isBusy(),
    error: setting.error,
    clear: setting.clear,
  };
}
