import ChevronDown from "lucide-solid/icons/chevron-down";
import type { JSX } from "solid-js";
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show } from "solid-js";
import { createAnchored } from "./create-anchored.ts";
import { cx } from "./cx.ts";
import { FieldNotes, fieldLabelClass } from "./Field.tsx";
import { rank } from "./rank.ts";
import type { Choice, SelectProps } from "./Select.tsx";

interface ComboboxProps extends SelectProps<string> {
  /** What is typed may be taken even if it is no choice, for example a trait nobody has sent yet. */
  readonly allowNew?: boolean | undefined;
  readonly mono?: boolean | undefined;
}

/** Drawn at once; the rest is found by typing. */
const MOST = 100;

/** One of many, found by typing. Enter takes the marked one, leaving takes what `allowNew` allows. */
export function Combobox(props: ComboboxProps): JSX.Element {
  const id = createUniqueId();
  const [typed, setTyped] = createSignal<string>();
  const [isOpen, setOpen] = createSignal(false);
  const [active, setActive] = createSignal(0);
  const [box, setBox] = createSignal<HTMLElement>();
  const [list, setList] = createSignal<HTMLElement>();
  createAnchored({ anchor: box, floating: list, isOpen });

  const shown = () => typed() ?? props.choices.find((choice) => choice.value === props.value)?.label ?? props.value ?? "";
  const fresh = () => {
    const text = typed()?.trim() ?? "";
    return props.allowNew && text !== "" && !props.choices.some(({ value, label }) => value === text || label === text)
      ? text
      : undefined;
  };
  const found = createMemo((): Choice[] => {
    const known = rank(
      props.choices.filter((choice) => !choice.disabled),
      typed() ?? "",
      ({ label, hint }) => `${label} ${hint ?? ""}`,
    ).slice(0, MOST);
    const text = fresh();
    return text === undefined ? known : [...known, { value: text, label: text, hint: "new" }];
  });
  createEffect(on(found, () => setActive(0)));

  const open = () => {
    if (isOpen() || props.disabled) return;
    setOpen(true);
    setActive(
      Math.max(
        0,
        found().findIndex((choice) => choice.value === props.value),
      ),
    );
  };
  const close = () => {
    setOpen(false);
    setTyped(undefined);
  };
  const take = (choice: Choice | undefined) => {
    if (choice && choice.value !== props.value) props.onChange(choice.value);
    close();
  };
  const leave = () => {
    const text = fresh();
    const exact = props.choices.find(({ label }) => label === typed()?.trim());
    take(exact ?? (text === undefined ? undefined : { value: text, label: text }));
  };
  const move = (by: number) => {
    const count = found().length;
    if (!isOpen()) {
      open();
      return;
    }
    if (count === 0) return;
    setActive((active() + by + count) % count);
    document.getElementById(`${id}-${active()}`)?.scrollIntoView({ block: "nearest" });
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => take(found()[active()]),
    Escape: close,
  };

  return (
    <div class={cx("flex min-w-0 flex-col gap-1", props.class)}>
      <label for={id} class={fieldLabelClass(props.hideLabel)}>
        {props.label}
      </label>
      <div ref={setBox} class="control flex items-center py-0! pr-2!" data-disabled={props.disabled ? "" : undefined}>
        <input
          id={id}
          role="combobox"
          aria-expanded={isOpen()}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isOpen() && found().length > 0 ? `${id}-${active()}` : undefined}
          aria-invalid={props.error === undefined ? undefined : true}
          aria-describedby={props.error === undefined ? `${id}-hint` : `${id}-error`}
          autocomplete="off"
          spellcheck={false}
          disabled={props.disabled}
          placeholder={props.placeholder ?? "Type to find…"}
          class={cx("min-w-0 flex-1 bg-transparent py-1 outline-none", props.mono && "font-mono text-code")}
          value={shown()}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setOpen(true);
          }}
          onClick={open}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={leave}
          onKeyDown={(event) => {
            const act = keys[event.key];
            const belongsHere = isOpen() || event.key.startsWith("Arrow");
            if (!act || !belongsHere || event.isComposing) return;
            event.preventDefault();
            event.stopPropagation();
            act();
          }}
        />
        <ChevronDown size={14} class="pointer-events-none text-faint" aria-hidden="true" />
      </div>
      <FieldNotes id={id} hint={props.hint} error={props.error} />
      <div
        ref={setList}
        id={`${id}-list`}
        popover="manual"
        role="listbox"
        aria-label={props.label}
        class="floating fixed m-0 max-h-72 overflow-y-auto text-ink"
        // The focus stays in the input, so that leaving it means leaving the whole.
        onMouseDown={(event) => event.preventDefault()}
      >
        <For each={found()}>
          {(choice, index) => (
            <div
              id={`${id}-${index()}`}
              role="option"
              aria-selected={choice.value === props.value}
              data-active={active() === index()}
              class="choice"
              onPointerMove={() => setActive(index())}
              onClick={() => take(choice)}
            >
              <span class={cx("min-w-0 flex-1 truncate", props.mono && "font-mono text-code")}>{choice.label}</span>
              <Show when={choice.hint}>
                <span class="text-12 text-faint">{choice.hint}</span>
              </Show>
            </div>
          )}
        </For>
        <Show when={found().length === 0}>
          <p class="px-2 py-1.5 text-muted">Nothing matches.</p>
        </Show>
      </div>
    </div>
  );
}
