import { LIMITS } from "@halyard/contracts";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import { fieldError, formError } from "../../lib/errors.ts";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { conditionVerdict } from "./match-preview.ts";
import { withOperatorWords } from "./operators.ts";
import { RulesEditor } from "./RulesEditor.tsx";
import { conditionsOf, propertiesOf } from "./rules.ts";
import type { RulesSurroundings } from "./rules-context.ts";
import { RulesProvider } from "./rules-context.ts";
import type { SampleForm } from "./use-sample.ts";
import type { Draft } from "./use-segment-draft.ts";

interface SegmentFormProps {
  readonly draft: Draft;
  readonly onChange: (changes: Partial<Draft>) => void;
  readonly error: unknown;
  readonly sample: SampleForm;
  /** Lists that did not come along as a whole. */
  readonly longList?: RulesSurroundings["longList"] | undefined;
}

/** Name, description and rules, with what the server said beside what it is about. */
export function SegmentForm(props: SegmentFormProps): JSX.Element {
  const ruleErrors = () => (fieldError(props.error, "rules") === undefined ? [] : ["rules"]);
  const shown = () => ["name", "description", ...ruleErrors(), ...pathsOf(props.draft)];

  return (
    <div class="flex flex-col gap-4">
      <Show when={wordsOf(formError(props.error, shown()))}>{(message) => <Notice tone="danger">{message()}</Notice>}</Show>
      <div class="grid gap-3 desk:grid-cols-2">
        <Field label="Name" error={fieldError(props.error, "name")}>
          <TextInput placeholder="Loyal customers" value={props.draft.name} onInput={(name) => props.onChange({ name })} />
        </Field>
        <Field label="About" optional error={fieldError(props.error, "description")}>
          <TextInput
            placeholder="Who this is and why it matters"
            value={props.draft.description}
            onInput={(description) => props.onChange({ description })}
          />
        </Field>
      </div>
      <Section title="Who is in it">
        <RulesProvider
          value={{
            errorAt: (path) => wordsOf(fieldError(props.error, path)),
            verdict: (condition) => {
              const sample = props.sample.sample();
              return sample && conditionVerdict(condition, sample);
            },
            traits: () => propertiesOf(props.draft.rules),
            longList: (value) => props.longList?.(value),
          }}
        >
          <RulesEditor rules={props.draft.rules} onChange={(rules) => props.onChange({ rules })} />
        </RulesProvider>
        <Show when={fieldError(props.error, "rules")}>{(error) => <p class="mt-2 text-12 text-danger">{error()}</p>}</Show>
      </Section>
      <p class="text-12 text-faint">
        {conditionsOf(props.draft.rules).length} of at most {LIMITS.conditionsPerSegment} conditions.
      </p>
    </div>
  );
}

const wordsOf = (message: string | undefined) => message && withOperatorWords(message);

/** Every path at which the builder shows an error of its own. */
function pathsOf(draft: Draft): string[] {
  const walk = (rules: Draft["rules"], path: string): string[] =>
    rules.flatMap((rule, index) => [
      `${path}.${index}.rules`,
      `${path}.${index}.conditions`,
      ...rule.conditions.flatMap((_, at) =>
        ["property", "operator", "value"].map((field) => `${path}.${index}.conditions.${at}.${field}`),
      ),
      ...walk(rule.rules, `${path}.${index}.rules`),
    ]);
  return walk(draft.rules, "rules");
}
