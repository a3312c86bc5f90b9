import type { Accessor } from "solid-js";
import { createStore } from "solid-js/store";
import { createAct } from "../../lib/create-act.ts";
import type { Place } from "../../lib/place.ts";
import type { InputOf } from "../../lib/procedures.ts";
import { projectOf } from "../../lib/use-place.ts";
import { parseText } from "../../lib/value-text.ts";
import type { ValueType } from "./flag.ts";

export interface NewVariant {
  readonly key: string;
  readonly text: string;
  readonly weight: number | undefined;
}

interface NewFlag {
  key: string;
  valueType: ValueType;
  text: string;
  description: string;
  tags: string[];
  serverOnly: boolean;
  variants: NewVariant[];
}

const EMPTY: NewFlag = { key: "", valueType: "boolean", text: "", description: "", tags: [], serverOnly: false, variants: [] };

/** The form of a new flag. */
export function createNewFlag(place: Accessor<Place>, onCreated: (key: string) => void) {
  const [form, setForm] = createStore<NewFlag>({ ...EMPTY, tags: [], variants: [] });
  const create = createAct({
    path: "flags.create",
    touches: ["flags", "tags", "revisions"],
    done: (flag) => onCreated(flag.key),
  });

  const value = () => parseText(form.valueType, form.text);
  const variantValue = (index: number) => parseText(form.valueType, form.variants[index]?.text ?? "", "");
  const isReady = () =>
    form.key.trim() !== "" &&
    value().error === undefined &&
    form.variants.every((_, index) => variantValue(index).error === undefined);

  const input = (): InputOf<"flags.create"> => {
    const { key, valueType, description, tags, serverOnly } = form;
    const own = value();
    const hasOwn = valueType !== "boolean" && own.error === undefined && own.value !== null;
    return {
      ...projectOf(place()),
      key: key.trim(),
      valueType,
      description,
      tags: [...tags],
      serverOnly,
      ...(hasOwn && { value: own.value }),
      variants:
        valueType === "boolean"
          ? []
          : form.variants.map((variant, index) => {
              const read = variantValue(index);
              return {
                key: variant.key.trim(),
                value: read.error === undefined ? read.value : null,
                weight: variant.weight ?? 0,
              };
            }),
    };
  };

  return {
    form,
    set: setForm,
    valueError: () => value().error,
    variantError: (index: number) => variantValue(index).error,
    addVariant: () => setForm("variants", (list) => [...list, { key: "", text: "", weight: 0 }]),
    removeVariant: (index: number) => setForm("variants", (list) => list.toSpliced(index, 1)),
    isReady,
    isBusy: create.isBusy,
    error: create.error,
    submit: () => void (isReady() && create.run(input())),
  };
}

export type NewFlagForm = ReturnType<typeof createNewFlag>;
