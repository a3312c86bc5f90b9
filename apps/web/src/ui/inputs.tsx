import type { JSX } from "solid-js";
import { splitProps } from "solid-js";
import { cx } from "./cx.ts";
import { useField } from "./Field.tsx";

type Native<T> = Omit<JSX.InputHTMLAttributes<T>, "class" | "value" | "onInput" | "onChange" | "prefix">;

interface Shared {
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** Keys, values and code are set in the mono face. */
  readonly mono?: boolean | undefined;
  /** Needed only outside a `Field`. */
  readonly label?: string | undefined;
  readonly class?: string | undefined;
}

export type TextInputProps = Native<HTMLInputElement> & Shared & { readonly icon?: JSX.Element; readonly after?: JSX.Element };

const OWN = ["value", "onInput", "mono", "label", "class"] as const;

function fieldAttributes(label: string | undefined) {
  const field = useField();
  return {
    get id() {
      return field?.input;
    },
    get "aria-describedby"() {
      return field?.describedBy();
    },
    get "aria-invalid"() {
      return field?.isInvalid() ? true : undefined;
    },
    get "aria-label"() {
      return field ? undefined : label;
    },
  };
}

const textClass = (mono: boolean | undefined) => cx("control w-full min-w-0", mono && "font-mono text-code max-desk:text-16");

/** One line of text. `icon` stands inside on the left, `after` on the right. */
export function TextInput(props: TextInputProps): JSX.Element {
  const [own, rest] = splitProps(props, [...OWN, "icon", "after"]);
  // The label does not change while the input lives.
  // eslint-disable-next-line solid/reactivity
  const attributes = fieldAttributes(own.label);

  return (
    <div class={cx("relative flex min-w-0 items-center", own.class)}>
      <span class="pointer-events-none absolute left-2.5 text-faint empty:hidden" aria-hidden="true">
        {own.icon}
      </span>
      <input
        type="text"
        autocomplete="off"
        spellcheck={false}
        {...rest}
        {...attributes}
        value={own.value}
        onInput={(event) => own.onInput(event.currentTarget.value)}
        class={cx(textClass(own.mono), own.icon !== undefined && "pl-8!", own.after !== undefined && "pr-12!")}
      />
      <span class="absolute right-2 text-12 text-faint empty:hidden">{own.after}</span>
    </div>
  );
}

type TextAreaProps = Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, "class" | "value" | "onInput" | "onChange"> & Shared;

/** Grows with its text, up to 40 % of the window where the browser can. */
export function TextArea(props: TextAreaProps): JSX.Element {
  const [own, rest] = splitProps(props, OWN);
  // eslint-disable-next-line solid/reactivity
  const attributes = fieldAttributes(own.label);

  return (
    <textarea
      rows={3}
      spellcheck={!own.mono}
      {...rest}
      {...attributes}
      value={own.value}
      onInput={(event) => own.onInput(event.currentTarget.value)}
      class={cx(textClass(own.mono), "field-sizing-content max-h-[40vh] min-h-18 resize-y", own.class)}
    />
  );
}

interface NumberInputProps extends Omit<Native<HTMLInputElement>, "min" | "max" | "step"> {
  /** `undefined` while the box is empty or holds no number. */
  readonly value: number | undefined;
  readonly onInput: (value: number | undefined) => void;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  /** Stands after the number: "%", "days". */
  readonly unit?: string | undefined;
  readonly label?: string | undefined;
  readonly class?: string | undefined;
}

export function NumberInput(props: NumberInputProps): JSX.Element {
  const [own, rest] = splitProps(props, ["value", "onInput", "unit", "label", "class"]);
  // eslint-disable-next-line solid/reactivity
  const attributes = fieldAttributes(own.label);

  return (
    <div class={cx("relative inline-flex w-24 items-center", own.class)}>
      <input
        type="number"
        inputmode="decimal"
        {...rest}
        {...attributes}
        value={own.value ?? ""}
        onInput={(event) => {
          const number = event.currentTarget.valueAsNumber;
          own.onInput(Number.isNaN(number) ? undefined : number);
        }}
        class={cx(
          "control w-full [appearance:textfield] text-right tabular-nums [&::-webkit-inner-spin-button]:appearance-none",
          own.unit !== undefined && (own.unit.length > 1 ? "pr-14!" : "pr-7!"),
        )}
      />
      <span class="pointer-events-none absolute right-2.5 text-faint empty:hidden">{own.unit}</span>
    </div>
  );
}
