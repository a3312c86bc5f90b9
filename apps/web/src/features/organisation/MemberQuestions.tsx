import type { JSX } from "solid-js";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import type { MemberQuestion, MemberWrites } from "./member-writes.ts";

function words({ kind, member }: MemberQuestion) {
  switch (kind) {
    case "remove":
      return {
        title: `Remove ${member.name}?`,
        consequence:
          "They no longer see this organisation, within seconds and in open windows too. Their account stays, and so does the history of what they did.",
        verb: "Remove",
      };
    case "leave":
      return {
        title: "Leave this organisation?",
        consequence: "You no longer see anything in it. To come back you must be invited again.",
        verb: "Leave",
      };
    case "hand-over":
      return {
        title: `Make ${member.name} the owner?`,
        consequence: `${member.name} may do everything from now on, and you become an admin. Only an owner can give it back.`,
        verb: "Hand it over",
      };
  }
}

export function MemberQuestions(props: { readonly writes: MemberWrites }): JSX.Element {
  const asked = () => {
    const question = props.writes.asked();
    return question && words(question);
  };

  return (
    <ConfirmDialog
      open={asked() !== undefined}
      onClose={() => props.writes.cancel()}
      onConfirm={() => props.writes.confirm()}
      title={asked()?.title ?? ""}
      consequence={asked()?.consequence ?? ""}
      verb={asked()?.verb ?? ""}
      danger
      busy={props.writes.isBusy()}
    />
  );
}
