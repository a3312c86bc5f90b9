import { useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import type { Place } from "../../lib/place.ts";
import { placePath } from "../../lib/place.ts";
import { projectOf } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Section } from "../../ui/Page.tsx";
import { showToast } from "../../ui/toast.tsx";
import type { FlagDetail } from "./flag.ts";

interface EndOfLifeProps {
  readonly flag: FlagDetail;
  readonly place: Place;
}

/** Archive first, which can be taken back; delete afterwards, which cannot. */
export function EndOfLife(props: EndOfLifeProps): JSX.Element {
  const navigate = useNavigate();
  const [asks, setAsks] = createSignal<"archive" | "delete">();
  const isArchived = () => props.flag.archivedAt !== null;
  const of = () => ({ ...projectOf(props.place), flag: props.flag.key });
  const refused = (error: unknown) => showToast({ tone: "danger", title: "Nothing was changed", about: errorMessage(error) });
  const archive = createAct({
    path: "flags.archive",
    touches: ["flags", "revisions", "evaluations"],
    done: (_flag, input) => {
      setAsks(undefined);
      showToast({
        title: `${input.flag} ${input.archived ? "archived" : "restored"}`,
        action: { label: "Undo", onClick: () => void archive.run({ ...input, archived: !input.archived }) },
      });
    },
    refused,
  });
  const remove = createAct({
    path: "flags.delete",
    touches: ["flags.list", "revisions", "tags"],
    done: (_nothing, input) => {
      showToast({ title: `${input.flag} deleted` });
      navigate(placePath({ ...props.place, page: "flags" }), { replace: true });
    },
    refused,
  });

  return (
    <Section title="End of life">
      <div class="flex flex-col gap-3">
        <div class="flex flex-wrap items-center justify-between gap-3">
          <p class="max-w-[56ch] text-muted">
            <Show
              when={isArchived()}
              fallback="Archive it when no code asks for it any more. It answers nobody then, in every environment, and can be restored."
            >
              Archived: it answers nobody. Restore it to go on where it was.
            </Show>
          </p>
          <Show when={isArchived()} fallback={<Button onClick={() => setAsks("archive")}>Archive flag</Button>}>
            <Button busy={archive.isBusy()} onClick={() => void archive.run({ ...of(), archived: false })}>
              Restore flag
            </Button>
          </Show>
        </div>
        <Show when={isArchived()}>
          <div class="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-3">
            <p class="max-w-[56ch] text-muted">Delete it with its rules and values for good. Its history stays.</p>
            <Button kind="danger" onClick={() => setAsks("delete")}>
              Delete flag
            </Button>
          </div>
        </Show>
      </div>
      <ConfirmDialog
        open={asks() === "archive"}
        onClose={() => setAsks(undefined)}
        onConfirm={() => void archive.run({ ...of(), archived: true })}
        title={`Archive ${props.flag.key}?`}
        consequence="In every environment at once: code that still asks for it gets its own default."
        verb="Archive flag"
        busy={archive.isBusy()}
      />
      <ConfirmDialog
        open={asks() === "delete"}
        onClose={() => setAsks(undefined)}
        onConfirm={() => void remove.run({ ...of(), confirm: props.flag.key })}
        title={`Delete ${props.flag.key}?`}
        consequence="Its values, rules and overrides go from every environment and do not come back."
        verb="Delete flag"
        typeName={props.flag.key}
        busy={remove.isBusy()}
      />
    </Section>
  );
}
