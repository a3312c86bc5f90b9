import Plus from "lucide-solid/icons/plus";
import Trash from "lucide-solid/icons/trash";
import { Button } from "./Button.tsx";
import type { Examples } from "./examples.ts";
import { IconButton } from "./IconButton.tsx";

export const examples: Examples = {
  part: "Button",
  about: "Acts. One primary a page; red only for what cannot be taken back.",
  examples: [
    {
      state: "primary",
      draw: () => (
        <Button kind="primary" icon={<Plus size={14} />}>
          Create flag
        </Button>
      ),
    },
    { state: "default", draw: () => <Button>Import</Button> },
    { state: "quiet", draw: () => <Button kind="quiet">Discard</Button> },
    {
      state: "danger",
      draw: () => (
        <Button kind="danger" icon={<Trash size={14} />}>
          Delete flag
        </Button>
      ),
    },
    {
      state: "small",
      draw: () => (
        <span class="flex gap-2">
          <Button size="small" kind="primary">
            Save
          </Button>
          <Button size="small">Cancel</Button>
        </span>
      ),
    },
    {
      state: "disabled",
      draw: () => (
        <span class="flex gap-2">
          <Button disabled kind="primary">
            Save
          </Button>
          <Button disabled>Import</Button>
        </span>
      ),
    },
    {
      state: "busy, after 200 ms",
      draw: () => (
        <Button kind="primary" busy>
          Publish
        </Button>
      ),
    },
    {
      state: "icon",
      draw: () => (
        <span class="flex gap-1">
          <IconButton label="Add a rule" icon={<Plus size={16} />} />
          <IconButton label="Delete rule" danger icon={<Trash size={16} />} />
          <IconButton label="Add pressed" pressed icon={<Plus size={16} />} />
          <IconButton label="Add disabled" disabled icon={<Plus size={16} />} />
        </span>
      ),
    },
  ],
};
