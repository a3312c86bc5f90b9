/* eslint-disable solid/reactivity -- tests read a signal once, after the act */
import { render, screen, waitFor, within } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { createSignal, Show } from "solid-js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { axeFindings } from "../testing/axe.ts";
import { Button } from "./Button.tsx";
import { Combobox } from "./Combobox.tsx";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { Field } from "./Field.tsx";
import { NumberInput, TextInput } from "./inputs.tsx";
import { Palette } from "./Palette.tsx";
import { Select } from "./Select.tsx";
import { Late } from "./Skeleton.tsx";
import { Tabs } from "./Tabs.tsx";
import { showToast, Toaster } from "./toast.tsx";

const user = () => userEvent.setup();

it("ties label, hint and error to the input", () => {
  render(() => (
    <Field label="Key" hint="Never changes." error="A key holds no blanks.">
      <TextInput value="a b" onInput={() => undefined} />
    </Field>
  ));
  const input = screen.getByLabelText("Key");

  expect(input).toBeInvalid();
  expect(input).toHaveAccessibleDescription("A key holds no blanks. Never changes.");
});

it("answers undefined, not NaN, for a box without a number", async () => {
  const [value, setValue] = createSignal<number | undefined>(30);
  render(() => <NumberInput label="Share" value={value()} onInput={setValue} />);

  await user().clear(screen.getByRole("spinbutton", { name: "Share" }));

  expect(value()).toBeUndefined();
});

it("refuses a second click while the first is under way", async () => {
  const clicked = vi.fn();
  render(() => (
    <Button busy onClick={clicked}>
      Publish
    </Button>
  ));

  await user().click(screen.getByRole("button", { name: "Publish" }));

  expect(clicked).not.toHaveBeenCalled();
});

it("chooses from a select by keyboard", async () => {
  const [value, setValue] = createSignal<"text" | "number">("text");
  const choices = [
    { value: "text", label: "Text" },
    { value: "number", label: "Number" },
  ] as const;
  render(() => <Select label="Type" choices={choices} value={value()} onChange={setValue} />);

  screen.getByRole("button", { name: /Type/ }).focus();
  await user().keyboard("{Enter}{ArrowDown}{Enter}");

  expect(value()).toBe("number");
});

const TRAITS = ["plan", "country", "company"].map((value) => ({ value, label: value }));

it("narrows a combobox by typing and takes the marked choice", async () => {
  const [value, setValue] = createSignal<string | undefined>("plan");
  render(() => <Combobox label="Trait" choices={TRAITS} value={value()} onChange={setValue} />);

  await user().type(screen.getByRole("combobox", { name: "Trait" }), "co", { initialSelectionStart: 0, initialSelectionEnd: 4 });
  const list = screen.getByRole("listbox", { hidden: true });
  expect(
    within(list)
      .getAllByRole("option", { hidden: true })
      .map((option) => option.textContent),
  ).toEqual(["country", "company"]);

  await user().keyboard("{ArrowDown}{Enter}");
  expect(value()).toBe("company");
  expect(screen.getByRole("combobox")).toHaveValue("company");
});

it("takes a typed name that is no choice where new ones are allowed, and only there", async () => {
  const [open, setOpen] = createSignal<string>();
  const [closed, setClosed] = createSignal<string>();
  render(() => (
    <>
      <Combobox label="Open" choices={TRAITS} value={open()} onChange={setOpen} allowNew />
      <Combobox label="Closed" choices={TRAITS} value={closed()} onChange={setClosed} />
    </>
  ));

  await user().type(screen.getByRole("combobox", { name: "Open" }), "plankton{Tab}");
  await user().type(screen.getByRole("combobox", { name: "Closed" }), "plankton{Tab}");

  expect(open()).toBe("plankton");
  expect(closed()).toBeUndefined();
  expect(screen.getByRole("combobox", { name: "Closed" })).toHaveValue("");
});

it("does what cannot be taken back only after the name was typed", async () => {
  const confirmed = vi.fn();
  render(() => (
    <ConfirmDialog
      open
      onClose={() => undefined}
      onConfirm={confirmed}
      title="Delete new-checkout?"
      consequence="Gone from 4 environments."
      verb="Delete flag"
      typeName="new-checkout"
    />
  ));
  const act = screen.getByRole("button", { name: "Delete flag" });
  await waitFor(() => expect(screen.getByLabelText(/Type new-checkout/)).toHaveFocus());

  await user().type(screen.getByLabelText(/Type new-checkout/), "New-checkout{Enter}");
  expect(act).toBeDisabled();
  expect(confirmed).not.toHaveBeenCalled();

  await user().clear(screen.getByLabelText(/Type new-checkout/));
  await user().type(screen.getByLabelText(/Type new-checkout/), "new-checkout{Enter}");
  expect(confirmed).toHaveBeenCalledOnce();
});

it("shows one side at a time, chosen by its owner", async () => {
  const [value, setValue] = createSignal<"rules" | "usage">("rules");
  render(() => (
    <Tabs
      label="Sides"
      value={value()}
      onChange={setValue}
      tabs={[
        { value: "rules", label: "Rules", panel: () => <p>three rules</p> },
        { value: "usage", label: "Usage", panel: () => <p>busy</p> },
      ]}
    />
  ));

  await user().click(screen.getByRole("tab", { name: "Usage" }));

  expect(screen.getByRole("tabpanel", { name: "Usage" })).toHaveTextContent("busy");
  expect(screen.queryByText("three rules")).not.toBeInTheDocument();
});

it("finds by the first letters of words and runs what is chosen", async () => {
  const [isOpen, setOpen] = createSignal(true);
  const ran = vi.fn<(name: string) => void>();
  const item = (label: string) => ({ id: label, label, group: "Flags", onSelect: () => ran(label) });
  const { baseElement } = render(() => (
    <Palette
      open={isOpen()}
      onClose={() => setOpen(false)}
      items={[item("dark-mode"), item("new-checkout"), item("newsletter")]}
    />
  ));

  await user().type(screen.getByRole("combobox"), "nc");
  expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["new-checkout"]);
  expect(await axeFindings(baseElement)).toEqual([]);

  await user().keyboard("{Enter}");
  expect(ran).toHaveBeenCalledExactlyOnceWith("new-checkout");
  expect(isOpen()).toBe(false);
});

it("undoes from a toast and takes the toast away", async () => {
  const undone = vi.fn();
  render(() => <Toaster />);

  showToast({ title: "new-checkout is off", action: { label: "Undo", onClick: undone } });
  await user().click(await screen.findByRole("button", { name: "Undo" }));

  expect(undone).toHaveBeenCalledOnce();
  expect(screen.queryByText("new-checkout is off")).not.toBeInTheDocument();
});

describe("what is waited for", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("looks busy only after 200 ms", async () => {
    const [isWaiting, setWaiting] = createSignal(true);
    render(() => (
      <Show when={isWaiting()} fallback="here">
        <Late>loading</Late>
      </Show>
    ));

    await vi.advanceTimersByTimeAsync(199);
    expect(screen.queryByText("loading")).not.toBeInTheDocument();

    await vi.advanceTimersByTimeAsync(1);
    expect(screen.getByText("loading")).toBeInTheDocument();

    setWaiting(false);
    expect(screen.queryByText("loading")).not.toBeInTheDocument();
  });
});
