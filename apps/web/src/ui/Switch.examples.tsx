import { createSignal } from "solid-js";
import type { Examples } from "./examples.ts";
import type { SwitchProps } from "./Switch.tsx";
import { Switch } from "./Switch.tsx";

const Live = (props: Omit<SwitchProps, "onChange">) => {
  const [on, setOn] = createSignal(false);
  // eslint-disable-next-line solid/reactivity -- the example owns the state after its start
  setOn(props.on);
  return <Switch {...props} on={on()} onChange={setOn} />;
};

export const examples: Examples = {
  part: "Switch",
  about:
    "Raises and lowers a flag. Climbs in 120 ms, stands still where motion is unwelcome; told by height and fill, not by colour alone.",
  examples: [
    {
      state: "in a row",
      draw: () => (
        <span class="flex gap-4">
          <Live on label="new-checkout" />
          <Live on={false} label="dark-mode" />
        </span>
      ),
    },
    {
      state: "with words",
      draw: () => (
        <span class="flex gap-6">
          <Live on words label="new-checkout" />
          <Live on={false} words label="dark-mode" />
        </span>
      ),
    },
    {
      state: "on a page",
      draw: () => (
        <span class="flex gap-6">
          <Live on size="page" label="new-checkout" />
          <Live on={false} size="page" label="dark-mode" />
        </span>
      ),
    },
    {
      state: "pending: raised, not yet confirmed",
      draw: () => (
        <span class="flex items-center gap-6">
          <Switch on pending label="new-checkout" />
          <Switch on pending size="page" label="new-checkout" />
          <Switch on={false} pending size="page" label="dark-mode" />
        </span>
      ),
    },
    {
      state: "read only: no rope",
      draw: () => (
        <span class="flex items-center gap-6">
          <Switch on readOnly label="new-checkout" />
          <Switch on={false} readOnly label="dark-mode" />
          <Switch on readOnly size="page" label="new-checkout" />
        </span>
      ),
    },
    {
      state: "disabled",
      draw: () => (
        <span class="flex gap-6">
          <Switch on disabled label="new-checkout" />
          <Switch on={false} disabled label="dark-mode" />
        </span>
      ),
    },
    { state: "the first flag", draw: () => <Live on size="hero" label="my-first-flag" /> },
    { state: "the first flag, lowered", draw: () => <Live on={false} size="hero" label="my-first-flag" /> },
  ],
};
