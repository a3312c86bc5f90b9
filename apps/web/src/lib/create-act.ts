import { useQueryClient } from "@tanstack/solid-query";
import type { Accessor } from "solid-js";
import { createSignal } from "solid-js";
import type { InputOf, MutationPath, OutputOf } from "./procedures.ts";
import { act, invalidate } from "./queries.ts";

export interface Act<P extends MutationPath> {
  /** Whether it took; what it answered goes to `done`. A second call while one is under way is refused. */
  readonly run: (input: InputOf<P>) => Promise<boolean>;
  readonly isBusy: Accessor<boolean>;
  /** The last refusal; read it with `fieldError` and `formError`. */
  readonly error: Accessor<unknown>;
  readonly clear: () => void;
}

interface ActOptions<P extends MutationPath> {
  readonly path: P;
  /** Questions that have another answer now: `"segments"`. */
  readonly touches: readonly string[];
  readonly done?: (output: OutputOf<P>, input: InputOf<P>) => void;
  readonly refused?: (error: unknown, input: InputOf<P>) => void;
}

/** One write of a page, with what a form shows of it. */
export function createAct<P extends MutationPath>(options: ActOptions<P>): Act<P> {
  const client = useQueryClient();
  const [isBusy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<unknown>();

  const run = async (input: InputOf<P>): Promise<boolean> => {
    if (isBusy()) return false;
    setBusy(true);
    setError(undefined);
    try {
      const output = await act(options.path, input);
      options.done?.(output, input);
    } catch (refusal) {
      setError(refusal);
      options.refused?.(refusal, input);
      return false;
    } finally {
      setBusy(false);
      void invalidate(client, ...options.touches);
    }
    return true;
  };
  return { run, isBusy, error, clear: () => setError(undefined) };
}
