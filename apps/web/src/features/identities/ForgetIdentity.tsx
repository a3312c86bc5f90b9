import { useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { placePath } from "../../lib/place.ts";
import { inputOf, usePlace } from "../../lib/use-place.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { showToast } from "../../ui/toast.tsx";
import type { Identity } from "./reasons.ts";

interface ForgetIdentityProps {
  readonly identity: Identity;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** For a person who asks to be forgotten: everything stored about them goes. */
export function ForgetIdentity(props: ForgetIdentityProps): JSX.Element {
  const place = usePlace();
  const navigate = useNavigate();
  const forget = createAct({
    path: "identities.delete",
    touches: ["identities.list", "flags", "revisions"],
    done: () => {
      showToast({ title: "Forgotten", about: "Its traits and overrides are deleted." });
      navigate(placePath({ ...place(), page: "identities" }));
    },
    refused: (error) => showToast({ title: "Not forgotten", about: errorMessage(error), tone: "danger" }),
  });

  return (
    <ConfirmDialog
      open={props.open}
      onClose={() => props.onClose()}
      onConfirm={() => void forget.run({ ...inputOf(place()), identifier: props.identity.identifier })}
      title="Forget this identity?"
      consequence={`Its ${props.identity.traits} traits and ${props.identity.overrides} overrides are deleted here. Its segments and answers may change. Another visit makes it anew, without them.`}
      verb="Forget it"
      typeName={props.identity.identifier}
      busy={forget.isBusy()}
    />
  );
}
