import { readdirSync, readFileSync } from "node:fs";
import type { Context, Evaluation, IdentityOverrides, Snapshot } from "@halyard/evaluator/model";
import { flagsByNow } from "@halyard/evaluator/operators";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { snapshotEvent } from "../test/environment.ts";
import { type FaultServer, startFaultServer } from "../test/server.ts";
import { createServerClient } from "./server-client.ts";

interface CaseFile {
  readonly snapshots: Readonly<
    Record<string, { readonly snapshot: Snapshot; readonly identityOverrides?: readonly IdentityOverrides[] }>
  >;
  readonly cases: readonly (readonly [name: string, snapshot: string, flagKey: string, context: Context, expected: Evaluation])[];
}

/** The evaluator's language-neutral cases, as programs meet them: over the wire, through the client. */
const folder = new URL("../../../evaluator/cases/", import.meta.url);
const files = readdirSync(folder).map((name): readonly [string, CaseFile] => [
  name,
  JSON.parse(readFileSync(new URL(name, folder), "utf8")) as CaseFile,
]);

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server[Symbol.asyncDispose]());

describe("the evaluator's cases, through a server client", () => {
  it.each(files)("give the same answers: %s", async (_name, file) => {
    for (const [name, { snapshot, identityOverrides = [] }] of Object.entries(file.snapshots)) {
      server.subscribed = (peer) => peer.event(snapshotEvent(1, snapshot, { identityOverrides }));
      const client = createServerClient({ url: server.url, key: "ser_1", analytics: false });
      await client.ready();
      // A view has the time of its own.
      const byNow = flagsByNow(snapshot);
      const cases = file.cases.filter(([, snapshotName, key]) => snapshotName === name && !byNow.has(key));
      expect(cases).not.toEqual([]);

      const answers = cases.map(([, , key, { attributes, targetingKey }]) =>
        client.for({ ...attributes, targetingKey }).details(key),
      );

      expect(answers).toMatchObject(cases.map(([, , , , expected]) => asDetails(expected)));
      await client.close();
    }
  });
});

function asDetails({ enabled, valueType, value, variant, reason, errorCode }: Evaluation): object {
  if (errorCode !== undefined) return { value: undefined, enabled: false, variant: null, reason: "ERROR", errorCode };
  if (!enabled && valueType !== "boolean") return { value: undefined, enabled, variant: null, reason: "DISABLED" };
  return { value, enabled, variant, reason };
}
