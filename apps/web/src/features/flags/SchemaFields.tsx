import type { JSX } from "solid-js";
import { Field } from "../../ui/Field.tsx";
import { TextArea } from "../../ui/inputs.tsx";
import type { FlagDetail } from "./flag.ts";
import type { SettingsDraft } from "./use-settings-draft.ts";
import { ValueEditor } from "./ValueEditor.tsx";
import { innerError, schemaError } from "./value-error.ts";

interface SchemaFieldsProps {
  readonly flag: FlagDetail;
  readonly draft: SettingsDraft;
  /** The server's refusal, for its fields. */
  readonly error: unknown;
}

/** What every value of the flag must be, and the value that no page of an environment shows. */
export function SchemaFields(props: SchemaFieldsProps): JSX.Element {
  return (
    <>
      <Field
        label="Schema"
        optional
        error={props.draft.schemaError() ?? schemaError(props.error)}
        hint="JSON Schema (2020-12). A value that does not satisfy it cannot be saved, in any environment."
      >
        <TextArea
          value={props.draft.now().schema}
          onInput={(schema) => props.draft.set({ schema })}
          mono
          placeholder="Any value"
          rows={4}
        />
      </Field>
      <ValueEditor
        valueType={props.flag.valueType}
        label="Value in new environments"
        text={props.draft.now().defaultValue}
        onInput={(defaultValue) => props.draft.set({ defaultValue })}
        error={props.draft.defaultError() ?? innerError(props.error, "defaultValue")}
        hint="Environments there are already keep theirs."
      />
    </>
  );
}
