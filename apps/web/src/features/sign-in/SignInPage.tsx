import { useNavigate, useSearchParams } from "@solidjs/router";
import { useQueryClient } from "@tanstack/solid-query";
import type { JSX } from "solid-js";
import { createEffect, createSignal, Show } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { createSession, SETUP, safeNext, signIn } from "../../lib/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { BareFrame } from "../frame/index.ts";

export function SignInPage(): JSX.Element {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const session = createSession();
  const status = createApiQuery(() => ({ path: "setup.status", input: undefined }));
  const [email, setEmail] = createSignal("");
  const [password, setPassword] = createSignal("");
  const [isBusy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<string>();
  const next = () => safeNext(typeof params.next === "string" ? params.next : undefined);

  createEffect(() => {
    if (session.state() === "in") navigate(next(), { replace: true });
  });
  createEffect(() => {
    if (status.data?.needed) navigate(SETUP, { replace: true });
  });

  const submit = async () => {
    if (email().trim() === "" || password() === "") {
      setFailure("Write your e-mail address and your password.");
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      await signIn(client, { email: email().trim(), password: password() });
      navigate(next(), { replace: true });
    } catch (error) {
      setFailure(errorMessage(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <BareFrame>
      <div class="mx-auto flex w-full max-w-88 flex-col gap-5 px-4 pt-[14vh] pb-12">
        <h1 class="text-20 font-semibold tracking-[-0.01em]">Sign in</h1>
        <form
          novalidate
          class="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Show when={failure()}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
          <Field label="E-mail">
            <TextInput
              type="email"
              name="email"
              autocomplete="username"
              autofocus
              placeholder="ada@example.com"
              value={email()}
              onInput={setEmail}
            />
          </Field>
          <Field label="Password">
            <TextInput type="password" name="password" autocomplete="current-password" value={password()} onInput={setPassword} />
          </Field>
          <Button type="submit" kind="primary" busy={isBusy()}>
            Sign in
          </Button>
        </form>
        <p class="text-12 text-muted">
          No account, or the password is lost? An administrator of your organisation adds people under Members.
        </p>
      </div>
    </BareFrame>
  );
}
