import type { JSX } from "solid-js";
import type { Questions } from "../../lib/create-question.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";

/** One sentence before a careful environment changes; Enter says yes. */
export function QuestionDialog(props: { readonly questions: Questions }): JSX.Element {
  return (
    <ConfirmDialog
      open={props.questions.asked() !== undefined}
      onClose={() => props.questions.cancel()}
      onConfirm={() => props.questions.confirm()}
      title={props.questions.asked()?.title ?? ""}
      consequence={props.questions.asked()?.consequence ?? ""}
      verb={props.questions.asked()?.verb ?? ""}
    />
  );
}
