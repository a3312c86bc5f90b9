import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";

interface PasswordFieldProps {
  readonly hasPassword: boolean;
  readonly value: string;
  readonly onInput: (password: string) => void;
  readonly error?: string | undefined;
}

/** Asked again before what a found open window must not be able to do. */
export function PasswordField(props: PasswordFieldProps): JSX.Element {
  return (
    <Show
      when={props.hasPassword}
      fallback={<p class="text-12 text-muted">You have no password: this needs a sign-in of the last fifteen minutes.</p>}
    >
      <Field label="Your password" error={props.error}>
        <TextInput type="password" autocomplete="current-password" value={props.value} onInput={props.onInput} />
      </Field>
    </Show>
  );
}

/** What the server takes. */
export const givenPassword = (hasPassword: boolean, password: string): string | undefined => (hasPassword ? password : undefined);
