import { render, screen } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { createSignal } from "solid-js";
import { expect, it, vi } from "vitest";
import { Switch } from "./Switch.tsx";

it("is raised by a click and lowered by the space bar", async () => {
  const [on, setOn] = createSignal(false);
  render(() => <Switch on={on()} onChange={setOn} label="new-checkout" />);
  const flag = screen.getByRole("switch", { name: "new-checkout" });

  await userEvent.click(flag);
  expect(flag).toBeChecked();

  await userEvent.keyboard(" ");
  expect(flag).not.toBeChecked();
});

it("stands where its owner says, not where it was clicked", async () => {
  const asked = vi.fn<(on: boolean) => void>();
  render(() => <Switch on={false} onChange={asked} label="new-checkout" />);

  await userEvent.click(screen.getByRole("switch"));

  expect(asked).toHaveBeenCalledExactlyOnceWith(true);
  expect(screen.getByRole("switch")).not.toBeChecked();
});

it("has no halyard to pull for someone who may only look", async () => {
  const asked = vi.fn<(on: boolean) => void>();
  render(() => <Switch on onChange={asked} readOnly label="new-checkout" />);

  await userEvent.click(screen.getByRole("switch"));

  expect(asked).not.toHaveBeenCalled();
  expect(document.querySelector(".halyard-rope")).toBeNull();
});

it("says that a change is not confirmed yet", () => {
  render(() => <Switch on pending label="new-checkout" />);

  expect(screen.getByRole("switch")).toHaveAttribute("aria-busy", "true");
});
