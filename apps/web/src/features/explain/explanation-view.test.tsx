import { render, screen, within } from "@solidjs/testing-library";
import { expect, it } from "vitest";
import { anExplanation } from "../../testing/an-explanation.ts";
import { axeFindings } from "../../testing/axe.ts";
import { ExplanationView } from "./ExplanationView.tsx";

it("marks the one step that decided, and opens what led there", async () => {
  render(() => <ExplanationView explanation={anExplanation} />);

  const steps = within(screen.getByRole("region", { name: "How it was decided" })).getAllByRole("listitem", { current: "step" });
  expect(steps).toHaveLength(1);
  expect(steps[0]).toHaveTextContent("Rule for Loyal customers");
  expect(steps[0]).toHaveTextContent("Falls at 34.214 of 100: in big, which has 30 to 60.");
  expect(screen.getAllByRole("img", { name: "Does not hold:" })).toHaveLength(2);
  expect(await axeFindings(document.body)).toEqual([]);
});

it("marks what is required as decisive where it is not met, and no step", () => {
  const outcome = { ...anExplanation.outcome, enabled: false, reason: "DISABLED", prerequisite: "payments" };
  const given = { enabled: false, variant: null };
  const prerequisites = [{ flag: "payments", required: { enabled: true, variant: null }, given, isMet: false }];
  render(() => <ExplanationView explanation={{ ...anExplanation, outcome, prerequisites }} />);

  const required = screen.getByRole("region", { name: "What it requires" });
  expect(required).toHaveTextContent("decided");
  expect(required).toHaveTextContent("payments must be on; it is off.");
  expect(screen.getByText("It requires payments, which does not answer as it must.")).toBeVisible();
  expect(screen.queryByRole("listitem", { current: "step" })).toBeNull();
});
