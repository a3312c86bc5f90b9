import { createRoot, createSignal } from "solid-js";
import { expect, it } from "vitest";
import type { FlagDetail } from "./flag.ts";
import { aFlag } from "./testing/a-flag.ts";
import { createStateDraft } from "./use-state-draft.ts";

const variant = (id: number, key: string) => ({ id, key, value: key, defaultWeight: 0 });

function draftOf(given: Partial<FlagDetail>) {
  return createRoot((dispose) => {
    const [flag, setFlag] = createSignal(aFlag(given));
    return { draft: createStateDraft(flag, () => flag().state), setFlag, dispose };
  });
}

it("follows the server until somebody types", () => {
  const { draft, setFlag, dispose } = draftOf({ valueType: "number", state: { enabled: true, value: 50, weights: [] } });

  setFlag(aFlag({ valueType: "number", version: 4, state: { enabled: true, value: 60, weights: [] } }));
  expect(draft.text()).toBe("60");

  draft.setText("70");
  setFlag(aFlag({ valueType: "number", version: 5, state: { enabled: true, value: 80, weights: [] } }));
  expect([draft.text(), draft.version(), draft.isDirty()]).toEqual(["70", 4, true]);
  dispose();
});

it("is clean again when what was typed is taken back", () => {
  const { draft, dispose } = draftOf({ valueType: "number", state: { enabled: true, value: 50, weights: [] } });

  draft.setText("51");
  draft.setText("50");

  expect(draft.isDirty()).toBe(false);
  dispose();
});

it("saves nothing whose shares are more than everybody", () => {
  const { draft, dispose } = draftOf({
    valueType: "string",
    variants: [variant(1, "a"), variant(2, "b")],
    state: { enabled: true, value: "x", weights: [{ variant: "a", weight: 60 }] },
  });

  draft.setWeight("b", 40.5);
  expect(draft.weightsError()).toBe("The shares add up to 100.5 %; take away 0.5 %.");
  expect(draft.state()).toBeUndefined();

  draft.setWeight("b", 40);
  expect(draft.state()?.weights).toEqual([
    { variant: "a", weight: 60 },
    { variant: "b", weight: 40 },
  ]);
  dispose();
});

it("saves nothing that is not JSON", () => {
  const { draft, dispose } = draftOf({ valueType: "json", state: { enabled: true, value: { a: 1 }, weights: [] } });

  draft.setText('{ "a": ');

  expect(draft.textError()).toContain("not JSON");
  expect([draft.state(), draft.isDirty()]).toEqual([undefined, true]);
  dispose();
});
