import { render } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import type { JSX } from "solid-js";
import { afterEach, expect, it, vi } from "vitest";
import { createShortcuts, setSingleKeysOn } from "./create-shortcuts.ts";

afterEach(() => setSingleKeysOn(true));

function listen(children?: JSX.Element) {
  const acts = { "g f": vi.fn(), "mod k": vi.fn(), "?": vi.fn() };
  render(() => {
    createShortcuts(() => acts);
    return children ?? null;
  });
  return acts;
}

it("runs a sequence, a chord and a typed sign", async () => {
  const acts = listen();

  await userEvent.keyboard("gf{Control>}k{/Control}?");

  expect(acts["g f"]).toHaveBeenCalledOnce();
  expect(acts["mod k"]).toHaveBeenCalledOnce();
  expect(acts["?"]).toHaveBeenCalledOnce();
});

it("leaves letters alone while text is typed, but not chords", async () => {
  const acts = listen(<input />);
  document.querySelector("input")?.focus();

  await userEvent.keyboard("gf?{Control>}k{/Control}");

  expect(acts["g f"]).not.toHaveBeenCalled();
  expect(acts["?"]).not.toHaveBeenCalled();
  expect(acts["mod k"]).toHaveBeenCalledOnce();
});

it("leaves letters alone while a dialog is open", async () => {
  const acts = listen(<div role="dialog" aria-label="Rename" />);

  await userEvent.keyboard("gf");

  expect(acts["g f"]).not.toHaveBeenCalled();
});

it("leaves letters alone once they are switched off, and remembers it", async () => {
  const acts = listen();

  setSingleKeysOn(false);
  await userEvent.keyboard("gf");

  expect(acts["g f"]).not.toHaveBeenCalled();
  expect(localStorage.getItem("halyard:single-keys")).toBe("off");
});

it("listens no longer than its owner lives", async () => {
  const act = vi.fn();
  const { unmount } = render(() => {
    createShortcuts(() => ({ "?": act }));
    return null;
  });

  unmount();
  await userEvent.keyboard("?");

  expect(act).not.toHaveBeenCalled();
});
