import CircleAlert from "lucide-solid/icons/circle-alert";
import type { Accessor, JSX } from "solid-js";
import { createContext, createUniqueId, Show, useContext } from "solid-js";
import { cx } from "./cx.ts";

interface FieldProps {
  readonly label: string;
  readonly hint?: JSX.Element;
  /** What is wrong and what to do about it; the input turns red. */
  readonly error?: string | undefined;
  readonly optional?: boolean | undefined;
  /** The label is read aloud but not drawn. */
  readonly hideLabel?: boolean | undefined;
  readonly class?: string | undefined;
  readonly children: JSX.Element;
}

interface FieldIds {
  readonly input: string;
  readonly describedBy: Accessor<string | undefined>;
  readonly isInvalid: Accessor<boolean>;
}

const FieldContext = createContext<FieldIds>();

/** What an input inside a `Field` wears; nothing outside one. */
export function useField(): FieldIds | undefined {
  return useContext(FieldContext);
}

export function Field(props: FieldProps): JSX.Element {
  const id = createUniqueId();
  const describedBy = () =>
    [props.error && `${id}-error`, props.hint !== undefined && `${id}-hint`].filter(Boolean).join(" ") || undefined;

  return (
    <div class={cx("flex min-w-0 flex-col gap-1", props.class)}>
      <label for={id} class={fieldLabelClass(props.hideLabel)}>
        {props.label}
        <Show when={props.optional}>
          <span class="ml-1 font-normal text-faint">optional</span>
        </Show>
      </label>
      <FieldContext.Provider value={{ input: id, describedBy, isInvalid: () => props.error !== undefined }}>
        {props.children}
      </FieldContext.Provider>
      <FieldNotes id={id} hint={props.hint} error={props.error} />
    </div>
  );
}

export const fieldLabelClass = (hidden: boolean | undefined): string => (hidden ? "sr-only" : "text-12 font-medium text-ink");

export function FieldNotes(props: { readonly id: string; readonly hint?: JSX.Element; readonly error?: string | undefined }) {
  return (
    <>
      <Show when={props.error}>
        <p id={`${props.id}-error`} class="flex items-start gap-1 text-12 text-danger">
          <CircleAlert size={14} class="mt-px shrink-0" aria-hidden="true" />
          {props.error}
        </p>
      </Show>
      <Show when={props.hint !== undefined}>
        <p id={`${props.id}-hint`} class="text-12 text-muted">
          {props.hint}
        </p>
      </Show>
    </>
  );
}
