import type { JSX } from "solid-js";
import { Match, Show, Switch } from "solid-js";
import { NumberInput, TextInput } from "../../ui/inputs.tsx";
import { DateValue } from "./DateValue.tsx";
import { ListEditor } from "./ListEditor.tsx";
import { LongList } from "./LongList.tsx";
import {
  asVersion,
  canBeVersion,
  isVersion,
  listOf,
  looksLikeVersion,
  moduloOf,
  OPERATOR_WORDS,
  textOf,
  withoutVersion,
} from "./operators.ts";
import { useRules } from "./rules-context.ts";
import type { ValueEditorProps } from "./value-editor.ts";

/** What a condition compares with; each kind of operator has its own editor. */
export function ValueEditor(props: ValueEditorProps): JSX.Element {
  const rules = useRules();
  const kind = () => OPERATOR_WORDS[props.condition.operator].value;
  const text = () => textOf(props.condition.value);

  return (
    <Switch>
      <Match when={kind() === "text"}>
        <PlainValue {...props} />
      </Match>
      <Match when={kind() === "pattern"}>
        <TextInput
          label={props.label}
          mono
          placeholder="^[a-z]+@acme\.io$"
          aria-invalid={props.invalid ? true : undefined}
          value={text()}
          onInput={(value) => props.onChange(value)}
        />
        <p class="mt-1 text-12 text-muted">From the start of the value; RE2, without look-around.</p>
      </Match>
      <Match when={kind() === "date"}>
        <DateValue {...props} />
      </Match>
      <Match when={kind() === "range"}>
        <TextInput
          label={props.label}
          mono
          placeholder=">=1.2.0 <2.0.0"
          aria-invalid={props.invalid ? true : undefined}
          value={text()}
          onInput={(value) => props.onChange(value)}
        />
        <p class="mt-1 text-12 text-muted">As npm writes ranges: ^1.2, ~1.2.3, 1.x, &gt;=1.2 &lt;2; several with ||.</p>
      </Match>
      <Match when={kind() === "list"}>
        <Show
          when={rules.longList(props.condition.value)}
          fallback={
            <ListEditor
              label={props.label}
              members={listOf(props.condition.value)}
              invalid={props.invalid}
              onChange={(members) => props.onChange(members)}
            />
          }
        >
          {(list) => <LongList label={props.label} list={list()} />}
        </Show>
      </Match>
      <Match when={kind() === "percent"}>
        <PercentValue {...props} />
      </Match>
      <Match when={kind() === "modulo"}>
        <ModuloValue {...props} />
      </Match>
    </Switch>
  );
}

function PlainValue(props: ValueEditorProps) {
  const text = () => textOf(props.condition.value);
  const shown = () => withoutVersion(text());
  const offers = () => canBeVersion(props.condition.operator) && (isVersion(text()) || looksLikeVersion(shown()));

  return (
    <div class="flex min-w-0 flex-col gap-1">
      <TextInput
        label={props.label}
        placeholder="Value"
        aria-invalid={props.invalid ? true : undefined}
        value={shown()}
        onInput={(value) => props.onChange(isVersion(text()) ? asVersion(value) : value)}
      />
      <Show when={offers()}>
        <label class="flex items-center gap-1.5 text-12 text-muted max-desk:min-h-11">
          <input
            type="checkbox"
            checked={isVersion(text())}
            onChange={(event) => props.onChange(event.currentTarget.checked ? asVersion(shown()) : shown())}
          />
          Compare as versions: 1.10.0 comes after 1.9.0
        </label>
      </Show>
    </div>
  );
}

function PercentValue(props: ValueEditorProps) {
  const share = () => {
    const number = Number(textOf(props.condition.value));
    return Number.isFinite(number) ? number : undefined;
  };

  return (
    <div class="flex min-h-8 items-center gap-3">
      <input
        type="range"
        min="0"
        max="100"
        step="1"
        aria-label={`${props.label}, slider`}
        class="h-1 min-w-16 flex-1"
        value={share() ?? 0}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
      <NumberInput
        label={props.label}
        min={0}
        max={100}
        step={0.001}
        unit="%"
        aria-invalid={props.invalid ? true : undefined}
        value={textOf(props.condition.value) === "" ? undefined : share()}
        onInput={(value) => props.onChange(value === undefined ? "" : String(value))}
      />
    </div>
  );
}

function ModuloValue(props: ValueEditorProps) {
  const parts = () => moduloOf(props.condition.value);
  const number = (text: string) => (text === "" || !Number.isFinite(Number(text)) ? undefined : Number(text));

  return (
    <div class="flex min-h-8 flex-wrap items-center gap-2 text-muted">
      by
      <NumberInput
        label={`${props.label}: divisor`}
        class="w-18!"
        aria-invalid={props.invalid ? true : undefined}
        value={number(parts().divisor)}
        onInput={(value) => props.onChange(`${value ?? ""}|${parts().remainder}`)}
      />
      leaves
      <NumberInput
        label={`${props.label}: remainder`}
        class="w-18!"
        aria-invalid={props.invalid ? true : undefined}
        value={number(parts().remainder)}
        onInput={(value) => props.onChange(`${parts().divisor}|${value ?? ""}`)}
      />
    </div>
  );
}
