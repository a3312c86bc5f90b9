import type { Examples } from "./examples.ts";
import { MoreRows } from "./MoreRows.tsx";

export const examples: Examples = {
  part: "MoreRows",
  about: "The end of a list that goes on; asks for more when it comes near.",
  examples: [
    { state: "more to come", draw: () => <MoreRows has busy={false} what="flags" onMore={() => undefined} /> },
    { state: "on its way", draw: () => <MoreRows has busy what="flags" onMore={() => undefined} /> },
  ],
};
