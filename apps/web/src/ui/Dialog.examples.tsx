import { createSignal } from "solid-js";
import { Button } from "./Button.tsx";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { Dialog } from "./Dialog.tsx";
import type { Examples } from "./examples.ts";
import { Sheet } from "./Sheet.tsx";

const Ask = (props: { typeName?: string }) => {
  const [open, setOpen] = createSignal(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        {props.typeName === undefined ? "Lower new-checkout…" : "Delete new-checkout…"}
      </Button>
      <ConfirmDialog
        open={open()}
        onClose={close}
        onConfirm={close}
        title={props.typeName === undefined ? "Lower new-checkout in Production?" : "Delete new-checkout?"}
        consequence={
          props.typeName === undefined
            ? "Off for 12,400 people seen today; they get “classic”."
            : "It goes from all 4 environments, with 3 rules and 2 overrides. Clients that ask for it get their own default."
        }
        verb={props.typeName === undefined ? "Lower it" : "Delete flag"}
        typeName={props.typeName}
      />
    </>
  );
};

const Plain = () => {
  const [open, setOpen] = createSignal(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Rename…</Button>
      <Dialog
        open={open()}
        onClose={() => setOpen(false)}
        title="Rename flag"
        about="The key stays; only people see the name."
        actions={<Button kind="primary">Rename</Button>}
      />
    </>
  );
};

const Side = () => {
  const [open, setOpen] = createSignal(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Test a context</Button>
      <Sheet open={open()} onClose={() => setOpen(false)} title="Test a context">
        <p class="text-muted">Who is asking?</p>
      </Sheet>
    </>
  );
};

export const examples: Examples = {
  part: "Dialog",
  about: "Asks one thing and says what will change for whom. What cannot be taken back wants the name typed.",
  examples: [
    { state: "confirm", draw: () => <Ask /> },
    { state: "type the name", draw: () => <Ask typeName="new-checkout" /> },
    { state: "plain", draw: () => <Plain /> },
    { state: "sheet", draw: () => <Side /> },
  ],
};
