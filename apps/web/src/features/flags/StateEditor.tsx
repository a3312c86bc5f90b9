import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { fieldError } from "../../lib/errors.ts";
import { Switch } from "../../ui/Switch.tsx";
import type { FlagDetail } from "./flag.ts";
import { hasValue } from "./flag.ts";
import { PlacedBy } from "./PlacedBy.tsx";
import { SharesEditor } from "./SharesEditor.tsx";
import type { StateDraft } from "./use-state-draft.ts";
import { ValueEditor } from "./ValueEditor.tsx";
import { innerError } from "./value-error.ts";

interface StateEditorProps {
  readonly flag: FlagDetail;
  readonly draft: StateDraft;
  /** Whose state: "Loyal customers". */
  readonly whose: string;
  /** The server's refusal, for its fields. */
  readonly error?: unknown;
}

/** What a segment or an identity gets instead: on or off, the value, the shares. */
export function StateEditor(props: StateEditorProps): JSX.Element {
  return (
    <div class="flex flex-col gap-4">
      <Switch
        on={props.draft.enabled()}
        label={`${props.flag.key} for ${props.whose}`}
        words
        class="self-start"
        onChange={(on) => props.draft.setEnabled(on)}
      />
      <Show when={hasValue(props.flag)}>
        <ValueEditor
          valueType={props.flag.valueType}
          text={props.draft.text()}
          onInput={(text) => props.draft.setText(text)}
          error={props.draft.textError() ?? innerError(props.error, "value")}
        />
        <Show when={props.flag.variants.length > 0}>
          <SharesEditor
            variants={props.flag.variants}
            weightOf={props.draft.weightOf}
            onWeight={props.draft.setWeight}
            error={props.draft.weightsError() ?? fieldError(props.error, "weights")}
          />
          <PlacedBy
            value={props.draft.bucketBy()}
            onChange={props.draft.setBucketBy}
            error={fieldError(props.error, "bucketBy")}
          />
        </Show>
      </Show>
    </div>
  );
}
