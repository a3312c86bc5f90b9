import { useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createSignal } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { placePath } from "../../lib/place.ts";
import { projectOf, usePlace } from "../../lib/use-place.ts";
import { Button } from "../../ui/Button.tsx";
import { PageHeader, SplitPage } from "../../ui/Page.tsx";
import { showToast } from "../../ui/toast.tsx";
import { createEnvironments } from "../shell/index.ts";
import { FIRST_RULES } from "./rules.ts";
import { SegmentForm } from "./SegmentForm.tsx";
import { BackToSegments } from "./SegmentPage.tsx";
import { TestPanel } from "./TestPanel.tsx";
import { createSample } from "./use-sample.ts";
import type { Draft } from "./use-segment-draft.ts";

export function NewSegmentPage(): JSX.Element {
  const place = usePlace();
  const navigate = useNavigate();
  const environments = createEnvironments(place);
  const [draft, setDraft] = createSignal<Draft>({ name: "", description: "", rules: FIRST_RULES });
  const sample = createSample(
    () => draft().rules,
    () => environments.current()?.name ?? place().environment,
  );
  const create = createAct({
    path: "segments.create",
    touches: ["segments.list"],
    done: (made) => {
      showToast({ title: `Made ${made.name}`, about: "Give it its own answer on a flag's page." });
      navigate(placePath({ ...place(), page: `segments/${made.key}` }));
    },
  });
  const save = () => void create.run({ ...projectOf(place()), ...draft(), rules: [...draft().rules] });

  return (
    <>
      <PageHeader
        before={<BackToSegments />}
        title="New segment"
        actions={
          <Button kind="primary" busy={create.isBusy()} onClick={save}>
            Create segment
          </Button>
        }
      />
      <SplitPage panelTitle="Test somebody" panel={<TestPanel form={sample} />}>
        <SegmentForm
          draft={draft()}
          onChange={(changes) => setDraft((before) => ({ ...before, ...changes }))}
          error={create.error()}
          sample={sample}
        />
      </SplitPage>
    </>
  );
}
