import { screen, waitFor, within } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { refuse, serve } from "../../testing/network.ts";
import { renderPage } from "../../testing/render-page.tsx";
import { FlagPage } from "./FlagPage.tsx";
import type { FlagDetail, Prerequisite } from "./flag.ts";
import { flagSentence } from "./sentences.ts";
import { aFlag } from "./testing/a-flag.ts";

const theme = aFlag({ key: "theme", variants: [{ id: 1, key: "dark", value: "d", defaultWeight: 0 }] });

function open(flag: FlagDetail, answers: Parameters<typeof serve>[0] = {}) {
  let now = flag;
  const calls = serve({
    "environments.list": () => [{ id: 1, name: "Production", slug: "production", safety: "free", version: 3 }],
    "segments.list": () => ({ items: [], next: null }),
    "flags.list": () => ({ items: [flag, theme], next: null }),
    "flags.get": ({ flag: key }: { flag: string }) => (key === "theme" ? theme : now),
    "flags.setPrerequisites": ({ prerequisites }: { prerequisites: Prerequisite[] }) => {
      now = { ...now, prerequisites, version: now.version + 1 };
      return now;
    },
    ...answers,
  });
  renderPage(FlagPage, {
    path: "/:organisation/:project/:environment/flags/:flag",
    at: "/shop/web/production/flags/new-checkout",
  });
  return () => calls.filter(({ path }) => path === "flags.setPrerequisites").map(({ input }) => input);
}

it("requires a variant of another flag, by what it is called, and takes it out again", async () => {
  const written = open(aFlag());
  await userEvent.click(await screen.findByRole("button", { name: "Add prerequisite" }));
  await userEvent.type(screen.getByRole("combobox", { name: "Flag" }), "theme{enter}");
  await userEvent.click(await screen.findByRole("button", { name: /What theme must answer/ }));
  await userEvent.click(await screen.findByRole("option", { name: "must answer dark" }));
  const save = screen.getAllByRole("button", { name: "Add prerequisite" }).at(-1);
  if (save) await userEvent.click(save);

  const listed = await screen.findByRole("list", { name: "Prerequisites" });
  expect(within(listed).getByRole("link", { name: "theme" })).toBeVisible();
  expect(screen.getByText("new-checkout is on only while theme is answering dark")).toBeVisible();
  expect(await axeFindings(document.body)).toEqual([]);

  await userEvent.click(screen.getByRole("button", { name: "Take out theme" }));
  await waitFor(() => expect(screen.getByText("It requires no other flag.")).toBeVisible());
  expect(written()).toMatchObject([
    { prerequisites: [{ flag: "theme", enabled: true, variant: "dark" }], expectedVersion: 3 },
    { prerequisites: [], expectedVersion: 4 },
  ]);
});

it("shows a circle beside what would close it, and changes nothing", async () => {
  const message = "The flags would require each other in a circle: `new-checkout` → `theme` → `new-checkout`.";
  open(aFlag(), { "flags.setPrerequisites": () => refuse({ code: "conflict", message }) });
  await userEvent.click(await screen.findByRole("button", { name: "Add prerequisite" }));
  await userEvent.type(screen.getByRole("combobox", { name: "Flag" }), "theme{enter}");
  const save = screen.getAllByRole("button", { name: "Add prerequisite" }).at(-1);
  if (save) await userEvent.click(save);

  expect(await screen.findByRole("alert")).toHaveTextContent(message);
  expect(screen.getByText("It requires no other flag.")).toBeVisible();
});

it("lists who requires the flag", async () => {
  open(aFlag({ dependents: [{ flag: "express", enabled: false, variant: null, isArchived: true }] }));

  const listed = await screen.findByRole("list", { name: "Required by" });
  expect(listed).toHaveTextContent("expressonly while this is offarchived");
});

it("places variants by an attribute, and by the identity again", async () => {
  const state = { enabled: true, value: "a", weights: [{ variant: "blue", weight: 20 }] };
  let now = aFlag({ valueType: "string", variants: [{ id: 1, key: "blue", value: "b", defaultWeight: 0 }], state });
  const inputs: unknown[] = [];
  open(now, {
    "flags.get": () => now,
    "flags.setState": (input: { bucketBy: string | null }) => {
      inputs.push(input);
      now = {
        ...now,
        version: now.version + 1,
        state: { ...state, ...(input.bucketBy !== null && { bucketBy: input.bucketBy }) },
      };
      return now;
    },
  });
  const box = await screen.findByRole("combobox", { name: "Placed by" });
  await userEvent.clear(box);
  await userEvent.type(box, "company{enter}");
  await userEvent.click(await screen.findByRole("button", { name: "Save" }));

  await waitFor(() => expect(inputs).toMatchObject([{ bucketBy: "company" }]));
  expect(await screen.findByText(/All who share its value get the same/)).toBeVisible();
});

it("says aloud what a flag requires", () => {
  const prerequisites = [
    { flag: "payments", enabled: true, variant: null },
    { flag: "theme", enabled: true, variant: "dark" },
  ];
  const flag = aFlag({ state: { enabled: true, value: null, weights: [], bucketBy: "company" }, prerequisites });

  expect(flagSentence(flag)).toBe("On for everyone; on only while payments is on and theme is answering dark");
});

it("says where Flagsmith's document cannot say the flag, and why", async () => {
  open(aFlag({ flagsmith: { exact: false, reasons: ["It requires other flags."] } }));

  expect(await screen.findByText(/local evaluation get this flag as off/)).toBeVisible();
  expect(screen.getByText("It requires other flags.")).toBeVisible();
});
