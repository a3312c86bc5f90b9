import { useQueryClient } from "@tanstack/solid-query";
import type { Accessor } from "solid-js";
import { createSignal } from "solid-js";
import { createQuestions } from "../../lib/create-question.ts";
import { errorMessage, toErrorBody } from "../../lib/errors.ts";
import type { Place } from "../../lib/place.ts";
import { ask, invalidate } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import { showToast } from "../../ui/toast.tsx";
import type { Environment } from "../shell/index.ts";
import { isCareful } from "../shell/index.ts";
import type { FlagDetail } from "./flag.ts";
import { writeFlag } from "./flag-cache.ts";

/** One field that two people changed. */
export interface Difference {
  readonly field: string;
  readonly mine: string;
  readonly theirs: string;
}

export interface FlagWrite {
  /** "Change free-shipping-from": the question where the environment is careful, with its name behind. */
  readonly title: string;
  /** What will be so for whom. */
  readonly consequence: string;
  readonly verb: string;
  /** What the message says when it took. */
  readonly done: string;
  /** The environment's version the writer saw; undefined writes over whatever is there. */
  readonly version: number | undefined;
  readonly write: (expectedVersion: number | undefined) => Promise<FlagDetail>;
  /** Offered after it took; writes a new revision. */
  readonly undo?: (() => Promise<FlagDetail>) | undefined;
  /** Field by field against what somebody else saved meanwhile. */
  readonly compare?: ((theirs: FlagDetail) => readonly Difference[]) | undefined;
  /** Takes a refusal instead of a message that goes away by itself. */
  readonly refused?: ((refusal: unknown) => void) | undefined;
  /** Closes the form: it took, or theirs was taken. */
  readonly close?: (() => void) | undefined;
}

export interface Conflict {
  readonly write: FlagWrite;
  readonly theirs: FlagDetail;
  readonly differences: readonly Difference[];
}

/** All writes of the flag's page: careful where the environment is, never over somebody else's without asking. */
export function createFlagWrites(
  place: Accessor<Place & { readonly flag: string }>,
  environment: Accessor<Environment | undefined>,
) {
  const client = useQueryClient();
  const questions = createQuestions(() => isCareful(environment()));
  const [conflict, setConflict] = createSignal<Conflict>();
  const [isBusy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<unknown>();

  const take = (flag: FlagDetail) => {
    writeFlag(client, place(), flag);
    void invalidate(client, "revisions", "evaluations", "segments.get", "identities.get");
  };
  const refuse = (refusal: unknown) => showToast({ tone: "danger", title: "Nothing was changed", about: errorMessage(refusal) });

  const undo = async (write: () => Promise<FlagDetail>) => {
    try {
      take(await write());
    } catch (refusal) {
      refuse(refusal);
    }
  };

  const start = async (write: FlagWrite): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      take(await write.write(write.version));
      write.close?.();
      const back = write.undo;
      showToast({ title: write.done, ...(back && { action: { label: "Undo", onClick: () => void undo(back) } }) });
    } catch (refusal) {
      const { code, current, fields } = toErrorBody(refusal);
      // A conflict without a newer version is one with another thing, such as a circle of flags.
      if (code === "conflict" && current !== undefined && write.version !== undefined) await meet(write);
      else if (write.refused) write.refused(refusal);
      else {
        setError(refusal);
        if (!fields) refuse(refusal);
      }
    } finally {
      setBusy(false);
    }
  };

  const meet = async (write: FlagWrite) => {
    try {
      const { flag, ...here } = place();
      const theirs = await ask("flags.get", { ...inputOf(here), flag });
      setConflict({ write, theirs, differences: write.compare?.(theirs) ?? [] });
    } catch (refusal) {
      refuse(refusal);
    }
  };

  return {
    run: (write: FlagWrite): void => {
      if (isBusy()) return;
      const { title, consequence, verb } = write;
      questions.ask({
        title: `${title} in ${environment()?.name ?? "this environment"}?`,
        consequence,
        verb,
        act: () => void start(write),
      });
    },
    questions,
    conflict,
    /** Writes over what somebody else saved. */
    keepMine: () => {
      const it = conflict();
      setConflict(undefined);
      if (it) void start({ ...it.write, version: it.theirs.version });
    },
    takeTheirs: () => {
      const it = conflict();
      setConflict(undefined);
      if (!it) return;
      take(it.theirs);
      it.write.close?.();
    },
    isBusy,
    /** The last refusal that names fields. */
    error,
    clearError: () => setError(undefined),
  };
}

export type FlagWrites = ReturnType<typeof createFlagWrites>;
