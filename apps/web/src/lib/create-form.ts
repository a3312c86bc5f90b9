import type { Accessor } from "solid-js";
import { createSignal } from "solid-js";
import { errorMessage } from "./errors.ts";

interface Form {
  readonly isBusy: Accessor<boolean>;
  readonly failure: Accessor<string | undefined>;
  readonly setFailure: (message: string | undefined) => void;
  readonly onSubmit: (event: SubmitEvent) => void;
}

/** A form that is sent once at a time and says in a sentence why it was not taken. `send` may return what is missing. */
export function createForm(send: () => string | undefined | Promise<void>): Form {
  const [isBusy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<string>();
  const submit = async () => {
    if (isBusy()) return;
    setFailure(undefined);
    const sending = send();
    if (typeof sending !== "object") {
      setFailure(sending);
      return;
    }
    setBusy(true);
    try {
      await sending;
    } catch (error) {
      setFailure(errorMessage(error));
    } finally {
      setBusy(false);
    }
  };
  return {
    isBusy,
    failure,
    setFailure,
    onSubmit: (event) => {
      event.preventDefault();
      void submit();
    },
  };
}
