import { LIMITS } from "@halyard/contracts";
import type { BeforeLeaveEventArgs } from "@solidjs/router";
import { A, useBeforeLeave, useParams } from "@solidjs/router";
import ArrowLeft from "lucide-solid/icons/arrow-left";
import Ellipsis from "lucide-solid/icons/ellipsis";
import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createQuestions } from "../../lib/create-question.ts";
import { errorMessage } from "../../lib/errors.ts";
import { listKind } from "../../lib/list-kind.ts";
import { placePath } from "../../lib/place.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { projectOf, usePlace } from "../../lib/use-place.ts";
import { Chip } from "../../ui/Chip.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { createShortcuts } from "../../ui/create-shortcuts.ts";
import { ListState } from "../../ui/ListState.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { PageHeader, SplitPage } from "../../ui/Page.tsx";
import { SaveBar } from "../../ui/SaveBar.tsx";
import { showToast } from "../../ui/toast.tsx";
import { createEnvironments, isAnyCareful, QuestionDialog } from "../shell/index.ts";
import { ConflictNotice } from "./ConflictNotice.tsx";
import { DeleteSegment } from "./DeleteSegment.tsx";
import { SegmentForm } from "./SegmentForm.tsx";
import { saveQuestion } from "./save-question.ts";
import { TestPanel } from "./TestPanel.tsx";
import { UsedBy } from "./UsedBy.tsx";
import { createSample } from "./use-sample.ts";
import type { Segment } from "./use-segment-draft.ts";
import { createSegmentDraft } from "./use-segment-draft.ts";

export function SegmentPage(): JSX.Element {
  const place = usePlace();
  const params = useParams();
  const key = () => params.segment ?? "";
  const segment = createApiQuery(() => ({
    path: "segments.get",
    input: { ...projectOf(place()), segment: key() },
    keep: false,
  }));
  const loaded = () => (segment.data?.key === key() ? segment.data : undefined);

  return (
    <ListState
      kind={listKind(segment, { count: loaded() ? 1 : 0 })}
      what="segment's rules"
      empty={null}
      error={errorMessage(segment.error)}
      onRetry={segment.refetch}
    >
      <Show when={loaded()}>
        {(it) => (
          <Show when={it().key} keyed>
            <LoadedSegment segment={it()} />
          </Show>
        )}
      </Show>
    </ListState>
  );
}

function LoadedSegment(props: { readonly segment: Segment }) {
  const place = usePlace();
  const [isDeleting, setDeleting] = createSignal(false);
  const [leaving, setLeaving] = createSignal<BeforeLeaveEventArgs>();
  const segment = () => props.segment;
  const environments = createEnvironments(place);
  const editor = createSegmentDraft({
    segment,
    place: () => projectOf(place()),
    onSaved: (saved) => showToast({ title: `Saved ${saved.name} as v${saved.version}`, about: "Every environment has it now." }),
  });
  const sample = createSample(
    () => editor.draft().rules,
    () => environments.current()?.name ?? place().environment,
  );
  const questions = createQuestions(() => editor.isFelt() && isAnyCareful(environments.all()));
  const ask = (act: () => Promise<boolean>) =>
    questions.ask({ ...saveQuestion(segment(), environments.all()), act: () => void act() });
  createShortcuts(() => ({ "mod s": () => editor.isChanged() && questions.asked() === undefined && ask(editor.save) }));
  useBeforeLeave((event) => {
    if (!editor.isChanged() || event.defaultPrevented) return;
    event.preventDefault();
    setLeaving(event);
  });

  return (
    <div class="flex min-h-full flex-col">
      <PageHeader
        before={<BackToSegments />}
        title={
          <>
            <span class="min-w-0 wrap-anywhere">{segment().name}</span>
            <span class="font-mono text-code font-normal text-faint">{segment().key}</span>
            <Chip mono>v{segment().version}</Chip>
          </>
        }
        actions={
          <Menu
            label="More"
            triggerClass="grid size-8 place-items-center rounded-2 text-muted hover:bg-hover hover:text-ink max-desk:size-11"
            trigger={<Ellipsis size={16} aria-hidden="true" />}
            groups={[[{ label: "Delete segment…", danger: true, onSelect: () => setDeleting(true) }]]}
          />
        }
      />
      <div class="flex flex-1 flex-col [&>*]:flex-1">
        <SplitPage
          panelTitle="Test somebody"
          panel={
            <div class="flex flex-col gap-6">
              <TestPanel form={sample} />
              <Show when={segment().longLists.length > 0}>
                <p class="text-12 text-muted">
                  Of lists with more than {LIMITS.listItemsShown.toLocaleString("en")} members only the first are tried here. Test
                  a flag that uses this segment to ask the server.
                </p>
              </Show>
              <UsedBy uses={segment().usedBy} />
            </div>
          }
        >
          <div class="flex flex-col gap-4">
            <Show when={editor.theirs()}>
              {(theirs) => (
                <ConflictNotice
                  mine={editor.draft()}
                  theirs={theirs()}
                  busy={editor.isBusy()}
                  onKeepMine={() => ask(editor.keepMine)}
                  onTakeTheirs={editor.takeTheirs}
                />
              )}
            </Show>
            <SegmentForm
              draft={editor.draft()}
              onChange={editor.change}
              error={editor.theirs() ? undefined : editor.error()}
              sample={sample}
              longList={editor.longList}
            />
          </div>
        </SplitPage>
      </div>
      <SaveBar
        shown={editor.isChanged() && editor.theirs() === undefined}
        busy={editor.isBusy()}
        about={`Saving makes v${segment().version + 1} for every environment.`}
        onSave={() => ask(editor.save)}
        onDiscard={editor.discard}
      />
      <QuestionDialog questions={questions} />
      <DeleteSegment segment={segment()} open={isDeleting()} onClose={() => setDeleting(false)} />
      <ConfirmDialog
        open={leaving() !== undefined}
        onClose={() => setLeaving(undefined)}
        onConfirm={() => {
          const event = leaving();
          setLeaving(undefined);
          event?.retry(true);
        }}
        title="Leave without saving?"
        consequence="Your changes to this segment are only on this page."
        verb="Leave"
        danger
      />
    </div>
  );
}

export function BackToSegments(): JSX.Element {
  const place = usePlace();
  return (
    <A
      href={placePath({ ...place(), page: "segments" })}
      aria-label="All segments"
      class="grid size-8 place-items-center rounded-2 text-muted hover:bg-hover hover:text-ink max-desk:size-11"
    >
      <ArrowLeft size={16} aria-hidden="true" />
    </A>
  );
}
