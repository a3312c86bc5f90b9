import Flag from "lucide-solid/icons/flag";
import { Button } from "./Button.tsx";
import { CodeBlock } from "./CodeBlock.tsx";
import type { Examples } from "./examples.ts";
import { ListState } from "./ListState.tsx";
import { SkeletonRows } from "./Skeleton.tsx";
import { EmptyState } from "./states.tsx";

const nothing = () => undefined;
const Empty = () => (
  <EmptyState
    icon={<Flag size={24} />}
    title="No flags yet"
    about="A flag decides something while your program runs: whether, which, or how much."
    actions={
      <>
        <Button>Import</Button>
        <Button kind="primary">Create flag</Button>
      </>
    }
  >
    <CodeBlock
      title="shell"
      code={"# the answer an SDK gets\ncurl -H 'X-Environment-Key: 8f2c…' https://flags.example.com/api/v1/flags/"}
    />
  </EmptyState>
);

export const examples: Examples = {
  part: "States of a list",
  about: "Six for every list, drawn alike by ListState.",
  examples: [
    { state: "empty: teaches", wide: true, draw: () => <Empty /> },
    {
      state: "nothing found",
      draw: () => (
        <ListState kind="nothing-found" what="flags" empty={<Empty />} onRetry={nothing}>
          {""}
        </ListState>
      ),
    },
    {
      state: "error with retry",
      draw: () => (
        <ListState kind="error" what="flags" empty={<Empty />} onRetry={nothing}>
          {""}
        </ListState>
      ),
    },
    {
      state: "no permission",
      draw: () => (
        <ListState kind="no-permission" what="flags" empty={<Empty />} onRetry={nothing}>
          {""}
        </ListState>
      ),
    },
    { state: "loading past 200 ms", wide: true, draw: () => <SkeletonRows rows={3} /> },
    {
      state: "stale",
      wide: true,
      draw: () => (
        <ListState kind="ready" what="flags" empty={<Empty />} onRetry={nothing} staleSince="14:05">
          <p class="px-4">…the list as it was.</p>
        </ListState>
      ),
    },
  ],
};
