import Plus from "lucide-solid/icons/plus";
import Trash from "lucide-solid/icons/trash";
import type { JSX } from "solid-js";
import { Index } from "solid-js";
import { fieldError } from "../../lib/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { NumberInput, TextInput } from "../../ui/inputs.tsx";
import type { NewFlagForm } from "./use-new-flag.ts";

/** Other values a new flag gives to shares of people. */
export function NewVariants(props: { readonly draft: NewFlagForm }): JSX.Element {
  const error = (index: number, field: string) => fieldError(props.draft.error(), `variants.${index}.${field}`);

  return (
    <div class="flex flex-col gap-2">
      <Index each={props.draft.form.variants}>
        {(variant, index) => (
          <div class="flex items-start gap-2">
            <Field label={`Variant ${index + 1}`} error={error(index, "key")} class="w-36">
              <TextInput
                value={variant().key}
                onInput={(key) => props.draft.set("variants", index, { key })}
                mono
                placeholder="key"
              />
            </Field>
            <Field label="Value" error={props.draft.variantError(index) ?? error(index, "value")} class="flex-1">
              <TextInput value={variant().text} onInput={(text) => props.draft.set("variants", index, { text })} mono />
            </Field>
            <Field label="Share" error={error(index, "weight")}>
              <NumberInput
                value={variant().weight}
                onInput={(weight) => props.draft.set("variants", index, { weight })}
                min={0}
                max={100}
                unit="%"
              />
            </Field>
            <IconButton
              label={`Remove variant ${index + 1}`}
              icon={<Trash size={14} aria-hidden="true" />}
              class="mt-5"
              onClick={() => props.draft.removeVariant(index)}
            />
          </div>
        )}
      </Index>
      <Button
        size="small"
        kind="quiet"
        class="self-start"
        icon={<Plus size={14} aria-hidden="true" />}
        onClick={() => props.draft.addVariant()}
      >
        Add variant
      </Button>
    </div>
  );
}
