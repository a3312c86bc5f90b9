import { Button } from "./Button.tsx";
import type { Examples } from "./examples.ts";
import { PageHeader, Section } from "./Page.tsx";
import { Switch } from "./Switch.tsx";

export const examples: Examples = {
  part: "Page",
  about: "The head of a page and its parts; SplitPage adds the panel that is always there.",
  examples: [
    {
      state: "head",
      wide: true,
      draw: () => (
        <PageHeader
          before={<Switch on size="page" label="new-checkout in Production" />}
          title={<span class="font-mono text-16">new-checkout</span>}
          about="On for 30 % of plan = pro; off for everyone else."
          actions={
            <>
              <Button kind="quiet">Discard</Button>
              <Button kind="primary">Review & publish</Button>
            </>
          }
        />
      ),
    },
    {
      state: "section",
      wide: true,
      draw: () => (
        <Section title="Rules" about="The first that matches decides." actions={<Button size="small">Add rule</Button>}>
          Everyone else gets “classic”.
        </Section>
      ),
    },
  ],
};
