import type { Condition } from "@halyard/evaluator/model";

export interface ValueEditorProps {
  readonly condition: Condition;
  /** "Value of condition 2". */
  readonly label: string;
  readonly invalid: boolean;
  readonly onChange: (value: Condition["value"]) => void;
}
