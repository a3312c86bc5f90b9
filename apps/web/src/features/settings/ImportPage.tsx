import type { JSX } from "solid-js";
import { createSignal, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { projectOf, usePlace } from "../../lib/use-place.ts";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextArea } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Page.tsx";
import { Select } from "../../ui/Select.tsx";
import { showToast } from "../../ui/toast.tsx";
import { ImportReport } from "./ImportReport.tsx";
import { readJson } from "./import-file.ts";
import { SettingsColumn, WhyNot } from "./parts.tsx";

/** Longer texts are held, but drawing them in a box helps nobody. */
const MOST_DRAWN = 20_000;

/** Takes flags from a file: first a report of what would happen, then the same for real. */
export function ImportPage(): JSX.Element {
  const place = usePlace();
  const permissions = createOwnPermissions(() => projectOf(place()));
  const [text, setText] = createSignal("");
  const [fileName, setFileName] = createSignal<string>();
  const [existing, setExisting] = createSignal<"skip" | "overwrite">("skip");
  const [duplicates, setDuplicates] = createSignal<"skip" | "rename">("skip");
  const [wrong, setWrong] = createSignal<string>();
  const [report, setReport] = createSignal<OutputOf<"imports.run">>();
  const run = createAct({
    path: "imports.run",
    touches: ["flags", "segments", "identities", "environments", "revisions", "tags"],
    done: (made) => {
      setReport(made);
      if (!made.dryRun) showToast({ title: `Imported: ${made.created} new, ${made.updated} changed` });
    },
  });
  /** Another file or wish makes the report on the page old. */
  const begin = () => {
    setWrong(undefined);
    setReport(undefined);
    run.clear();
  };
  const start = (dryRun: boolean) => {
    const file = readJson(text());
    if (!file.ok) {
      setWrong(file.error);
      return;
    }
    void run.run({ ...projectOf(place()), data: file.data, existing: existing(), duplicates: duplicates(), dryRun });
  };
  const choose = async (file: File | undefined) => {
    if (!file) return;
    begin();
    setFileName(file.name);
    setText(await file.text());
  };

  return (
    <SettingsColumn>
      <WhyNot why={permissions.whyNot("IMPORT_FEATURES")} />
      <Section
        title="Import flags"
        about="A list of flags, a Flagsmith feature export, or a Flagsmith environment document. Which one it is shows by itself."
      >
        <div class="flex flex-col gap-3">
          <div class="flex flex-wrap items-center gap-2">
            <label
              class={`${buttonClass("default", "medium")} cursor-pointer focus-within:outline-2 focus-within:outline-accent`}
            >
              Choose a file…
              <input
                type="file"
                accept="application/json,.json"
                class="sr-only"
                disabled={permissions.may("IMPORT_FEATURES") !== true}
                onChange={(event) => void choose(event.currentTarget.files?.[0])}
              />
            </label>
            <span class="min-w-0 truncate text-muted">{fileName() ?? "or paste its JSON below"}</span>
          </div>
          <Field label="JSON" hideLabel error={wrong()}>
            <Show
              when={text().length <= MOST_DRAWN}
              fallback={<p class="control text-muted">{text().length.toLocaleString("en")} characters, ready to be looked at.</p>}
            >
              <TextArea
                mono
                rows={6}
                placeholder='[{ "name": "new_checkout", "description": "…" }]'
                disabled={permissions.may("IMPORT_FEATURES") !== true}
                value={text()}
                onInput={(value) => {
                  begin();
                  setFileName(undefined);
                  setText(value);
                }}
              />
            </Show>
          </Field>
          <div class="grid gap-3 desk:grid-cols-2">
            <Select
              label="A flag that exists already"
              choices={[
                { value: "skip", label: "stays as it is" },
                { value: "overwrite", label: "is overwritten" },
              ]}
              value={existing()}
              onChange={(value) => {
                begin();
                setExisting(value);
              }}
            />
            <Select
              label="A name that comes twice in the file"
              choices={[
                { value: "skip", label: "counts once" },
                { value: "rename", label: "gets a free name" },
              ]}
              value={duplicates()}
              onChange={(value) => {
                begin();
                setDuplicates(value);
              }}
            />
          </div>
          <Show when={run.error()}>{(error) => <Notice tone="danger">{errorMessage(error())}</Notice>}</Show>
          <div class="flex justify-end gap-2">
            <Button
              kind={report()?.dryRun ? "default" : "primary"}
              busy={run.isBusy() && !report()}
              disabled={permissions.may("IMPORT_FEATURES") !== true}
              onClick={() => start(true)}
            >
              Show what would happen
            </Button>
            <Show when={report()?.dryRun}>
              <Button kind="primary" busy={run.isBusy()} onClick={() => start(false)}>
                Import now
              </Button>
            </Show>
          </div>
        </div>
      </Section>
      <Show when={report()}>{(it) => <ImportReport report={it()} />}</Show>
    </SettingsColumn>
  );
}
