import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { fieldError, formError } from "../../lib/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import type { Setup } from "./use-setup.ts";

const FIELDS = ["name", "email", "password", "organisation", "project", "flag"];

/** Everything a new server needs to know, at once. */
export function SetupForm(props: { readonly setup: Setup; readonly token: string }): JSX.Element {
  const error = () => props.setup.error();
  const form = () => props.setup.form();

  return (
    <form
      novalidate
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void props.setup.complete(props.token);
      }}
    >
      <div>
        <h1 class="text-28 font-semibold tracking-[-0.02em]">Raise your first flag</h1>
        <p class="mt-1 text-14 text-muted">You become the administrator of this server. It takes a minute.</p>
      </div>
      <Show when={formError(error(), FIELDS)}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
      <div class="grid gap-3 desk:grid-cols-2">
        <Field label="Your name" error={fieldError(error(), "name")}>
          <TextInput
            autocomplete="name"
            autofocus
            placeholder="Ada Lovelace"
            value={form().name}
            onInput={(name) => props.setup.change({ name })}
          />
        </Field>
        <Field label="E-mail" error={fieldError(error(), "email")}>
          <TextInput
            type="email"
            autocomplete="username"
            placeholder="ada@example.com"
            value={form().email}
            onInput={(email) => props.setup.change({ email })}
          />
        </Field>
        <Field
          label="Password"
          class="desk:col-span-2"
          hint="At least 12 characters; a few words are easier than signs."
          error={fieldError(error(), "password")}
        >
          <TextInput
            type="password"
            autocomplete="new-password"
            value={form().password}
            onInput={(password) => props.setup.change({ password })}
          />
        </Field>
        <Field label="Organisation" error={fieldError(error(), "organisation")}>
          <TextInput
            autocomplete="organization"
            placeholder="Acme"
            value={form().organisation}
            onInput={(organisation) => props.setup.change({ organisation })}
          />
        </Field>
        <Field label="Project" hint="One product: a shop, an app." error={fieldError(error(), "project")}>
          <TextInput placeholder="Web shop" value={form().project} onInput={(project) => props.setup.change({ project })} />
        </Field>
        <Field
          label="First flag"
          class="desk:col-span-2"
          hint="What it turns on. Your code asks for this name."
          error={fieldError(error(), "flag")}
        >
          <TextInput mono value={form().flag} onInput={(flag) => props.setup.change({ flag })} />
        </Field>
      </div>
      <Button type="submit" kind="primary" class="self-start" busy={props.setup.isBusy()}>
        Set up Halyard
      </Button>
    </form>
  );
}
