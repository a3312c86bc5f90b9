import { Button } from "./Button.tsx";
import type { Examples } from "./examples.ts";
import { Notice, PastBanner } from "./Notice.tsx";
import { showToast } from "./toast.tsx";

export const examples: Examples = {
  part: "Notice",
  about: "What holds for everything below it; toasts say that something took, and undo it.",
  examples: [
    { state: "info", wide: true, draw: () => <Notice title="Jonas is here too.">You both edit new-checkout.</Notice> },
    {
      state: "scheduled",
      wide: true,
      draw: () => (
        <Notice tone="scheduled" action={<Button size="small">Cancel it</Button>}>
          Goes to 50 % tomorrow at 09:00, Europe/Berlin.
        </Notice>
      ),
    },
    {
      state: "danger",
      wide: true,
      draw: () => (
        <Notice tone="danger" title="Not saved.">
          Mei published v813 while you were editing.
        </Notice>
      ),
    },
    {
      state: "a past instant",
      wide: true,
      draw: () => <PastBanner when="at v812, today 14:05" wayOut={<Button size="small">Back to now</Button>} />,
    },
    {
      state: "toast",
      draw: () => (
        <Button
          onClick={() =>
            showToast({
              title: "new-checkout is off in Production",
              about: "v813, 34 clients",
              action: { label: "Undo", onClick: () => showToast({ title: "Raised again as v814" }) },
            })
          }
        >
          Lower it
        </Button>
      ),
    },
    {
      state: "toast, danger",
      draw: () => (
        <Button
          onClick={() =>
            showToast({
              tone: "danger",
              title: "new-checkout could not be lowered",
              about: "The server did not answer. It is on as before.",
            })
          }
        >
          Fail
        </Button>
      ),
    },
  ],
};
