import { describe, expect, it } from "vitest";
import { compile, evaluate, evaluateAll } from "./index.ts";
import { caseFiles } from "./testing/cases.ts";
import { everything } from "./testing/everything.ts";
import { parseIdentityOverrides, parseSnapshot } from "./validate.ts";

describe.each(caseFiles)("%s", (_theme, file) => {
  it.each(file.cases)("%s", (...row) => {
    const [, snapshotName, flagKey, context, expected] = row;
    const given = file.snapshots[snapshotName];
    const parsed = parseSnapshot(given?.snapshot);
    const personal = parseIdentityOverrides(given?.identityOverrides ?? []);
    if (!parsed.ok || !personal.ok) throw new Error("the case's snapshot was refused");

    const compiled = compile(parsed.snapshot, { identityOverrides: personal.identityOverrides, ...everything });

    expect(evaluate(compiled, flagKey, context)).toStrictEqual(expected);
    if (expected.errorCode === undefined) expect(evaluateAll(compiled, context).get(flagKey)).toStrictEqual(expected);
  });
});
