import { useQueryClient } from "@tanstack/solid-query";
import type { Accessor } from "solid-js";
import { createSignal } from "solid-js";
import { signIn } from "../../lib/auth.ts";
import type { InputOf, OutputOf } from "../../lib/procedures.ts";
import { act } from "../../lib/queries.ts";

export type SetupWish = Omit<InputOf<"setup.complete">, "token" | "flag"> & { readonly flag: string };
export type SetupPlace = OutputOf<"setup.complete">;

export interface Setup {
  readonly form: Accessor<SetupWish>;
  readonly change: (changes: Partial<SetupWish>) => void;
  /** Makes everything, then signs in. */
  readonly complete: (token: string) => Promise<void>;
  readonly isBusy: Accessor<boolean>;
  readonly error: Accessor<unknown>;
  /** Where the first flag is, once it is made. */
  readonly place: Accessor<SetupPlace | undefined>;
}

const EMPTY: SetupWish = { name: "", email: "", password: "", organisation: "", project: "", flag: "new-checkout" };

export function createSetup(): Setup {
  const client = useQueryClient();
  const [form, setForm] = createSignal(EMPTY);
  const [isBusy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  const [place, setPlace] = createSignal<SetupPlace>();

  const complete = async (token: string) => {
    if (isBusy()) return;
    setBusy(true);
    setError(undefined);
    try {
      const { flag, ...wish } = form();
      const made = await act("setup.complete", { ...wish, token, ...(flag.trim() !== "" && { flag: flag.trim() }) });
      await signIn(client, { email: wish.email, password: wish.password });
      setPlace(made);
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return { form, change: (changes) => setForm((before) => ({ ...before, ...changes })), complete, isBusy, error, place };
}
