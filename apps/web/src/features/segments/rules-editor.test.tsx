import type { Rule } from "@halyard/evaluator/model";
import { render, screen, within } from "@solidjs/testing-library";
import userEvent from "@testing-library/user-event";
import { createSignal } from "solid-js";
import { expect, it } from "vitest";
import { axeFindings } from "../../testing/axe.ts";
import { RulesEditor } from "./RulesEditor.tsx";

const LOYAL: readonly Rule[] = [
  {
    type: "ALL",
    conditions: [
      { operator: "GREATER_THAN_INCLUSIVE", property: "orders", value: "10" },
      { operator: "IN", property: "country", value: ["DE", "FR"] },
      { operator: "EQUAL", property: "app", value: "1.2.0:semver" },
    ],
    rules: [
      {
        type: "ANY",
        conditions: [
          { operator: "PERCENTAGE_SPLIT", property: "", value: "20" },
          { operator: "MODULO", property: "account", value: "3|0" },
        ],
        rules: [],
      },
    ],
  },
];

function edit(first: readonly Rule[]) {
  const [rules, setRules] = createSignal(first);
  const { container } = render(() => <RulesEditor rules={rules()} onChange={setRules} />);
  return { rules, container, user: userEvent.setup() };
}

it("draws every kind of condition and changes nothing by drawing it", async () => {
  const { rules, container } = edit(LOYAL);

  expect(container).toHaveTextContent(
    "People whose orders is at least 10, whose country is one of DE, FR, whose app is version 1.2.0 and either in a random 20 % or whose account divided by 3 leaves 0.",
  );
  expect(rules()).toBe(LOYAL);
  expect(await axeFindings(container)).toEqual([]);
});

it("gives back rules as they were after a change is undone by hand", async () => {
  const { rules, user } = edit(LOYAL);
  const [value] = screen.getAllByLabelText("Value of condition 1");
  if (!value) throw new Error("The first condition has no value.");

  await user.type(value, "5");
  expect(rules()[0]?.conditions[0]?.value).toBe("105");

  await user.type(value, "{Backspace}");
  expect(rules()).toEqual(LOYAL);
});

it("keeps the focus in a value while it is typed", async () => {
  const { user } = edit(LOYAL);
  const [value] = screen.getAllByLabelText("Value of condition 1");
  if (!value) throw new Error("The first condition has no value.");

  await user.type(value, "00");

  expect(value).toHaveFocus();
  expect(value).toHaveValue("1000");
});

it("adds a group inside a group, and takes both away with it", async () => {
  const { rules, user } = edit(LOYAL);
  const group = screen.getByRole("group", { name: "Group of conditions" });

  await user.click(within(group).getByRole("button", { name: "Group" }));
  expect(rules()[0]?.rules[0]?.rules).toHaveLength(1);

  const [outer] = screen.getAllByRole("button", { name: "Remove group" });
  if (!outer) throw new Error("The group cannot be removed.");
  await user.click(outer);
  expect(rules()[0]?.rules).toEqual([]);
});

it("takes a pasted column as members of a list, each once", async () => {
  const { rules, user } = edit(LOYAL);

  await user.click(screen.getByLabelText("Value of condition 2"));
  await user.paste("NL\nDE\nBE");

  expect(rules()[0]?.conditions[1]?.value).toEqual(["DE", "FR", "NL", "BE"]);
});

it("says that none may hold, in the rule and in its sentence", async () => {
  const { rules, container, user } = edit([{ type: "ALL", conditions: LOYAL[0]?.conditions.slice(0, 2) ?? [], rules: [] }]);

  await user.click(screen.getByRole("radio", { name: "none holds" }));

  expect(rules()[0]?.type).toBe("NONE");
  expect(container).toHaveTextContent("People neither whose orders is at least 10 nor whose country is one of DE, FR.");
});

const ALL = (condition: Rule["conditions"][number]): readonly Rule[] => [{ type: "ALL", conditions: [condition], rules: [] }];

it("writes days and times in UTC, and says what they are in the viewer's zone", async () => {
  const { rules, container, user } = edit(ALL({ operator: "BEFORE", property: "joined", value: "2026-03-01" }));
  expect(screen.getByLabelText("Value of condition 1")).toHaveValue("2026-03-01");
  expect(await axeFindings(container)).toEqual([]);

  await user.click(screen.getByRole("button", { name: /kind/ }));
  await user.click(await screen.findByRole("option", { name: "a time" }));
  expect(rules()[0]?.conditions[0]?.value).toBe("2026-03-01T00:00:00Z");
  expect(container).toHaveTextContent(/UTC; in your zone/);

  await user.click(screen.getByRole("button", { name: /kind/ }));
  await user.click(await screen.findByRole("option", { name: "now" }));
  expect(rules()[0]?.conditions[0]?.value).toBe("$.now");
});

it("keeps options out of the way until they are asked for or set, and takes them off again", async () => {
  const { rules, user } = edit(ALL({ operator: "EQUAL", property: "plan", value: "pro" }));
  expect(screen.queryByLabelText("Ignore upper and lower case")).toBeNull();

  await user.click(screen.getByRole("button", { name: "Options of condition 1" }));
  await user.click(screen.getByLabelText("Ignore upper and lower case"));
  await user.click(screen.getByRole("button", { name: /A list in condition 1/ }));
  await user.click(await screen.findByRole("option", { name: "one element is enough" }));
  expect(rules()[0]?.conditions[0]).toEqual({
    operator: "EQUAL",
    property: "plan",
    value: "pro",
    ignoreCase: true,
    elements: "any",
  });

  await user.click(screen.getByLabelText("Ignore upper and lower case"));
  expect(rules()[0]?.conditions[0]).toEqual({ operator: "EQUAL", property: "plan", value: "pro", elements: "any" });
});

it("takes a hundred thousand members from a file, finds among them, and draws few", async () => {
  const { rules, container, user } = edit(ALL({ operator: "IN", property: "account", value: ["known"] }));
  const members = Array.from({ length: 100_000 }, (_, n) => `account-${n}`);

  await user.upload(screen.getByLabelText(/add from a file/), new File([members.join("\n")], "list.txt", { type: "text/plain" }));

  expect(await screen.findByText("100,001 members")).toBeVisible();
  expect(screen.getByRole("alert")).toHaveTextContent("at most 100,000 members");
  await user.click(screen.getByRole("button", { name: "Remove known" }));
  expect(rules()[0]?.conditions[0]?.value).toHaveLength(100_000);
  await user.type(screen.getByLabelText("Value of condition 1"), "account-99999");
  expect(screen.getByRole("button", { name: "Remove account-99999" })).toBeVisible();
  expect(container.querySelectorAll("button[aria-label^=Remove]").length).toBeLessThan(60);
});
