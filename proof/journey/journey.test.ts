import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../lib/browser.ts";
import { halyard } from "../lib/cli.ts";
import { addressOf, signIn } from "../lib/dashboard.ts";
import { connectManagement, type Management, type Place } from "../lib/management.ts";
import { chromiumPath, isSlowMachine, postgresUrl, redisUrl } from "../lib/services.ts";
import { type Stack, type StackOptions, startStack } from "../lib/stack.ts";
import { CLIENT_KINDS, connectAll } from "./clients.ts";
import { clickSwitch } from "./toggle.ts";
import type { Connection, Manner, Witness } from "./witness.ts";

const SEED_LIST = fileURLToPath(new URL("../../apps/api/src/features/sample/dashboard-flags.json", import.meta.url));
const FLAG = "try_it";
/** How late a client of each manner may be, in milliseconds. */
const LIMIT_MS: Readonly<Record<Manner, number>> = { stream: isSlowMachine ? 10_000 : 1_000, poll: 10_000 };

const SETTINGS: readonly { readonly name: string; readonly isHere: boolean; readonly stack: StackOptions }[] = [
  { name: "one process on the embedded database", isHere: true, stack: { database: "pglite" } },
  {
    name: "two processes on PostgreSQL and Redis",
    isHere: postgresUrl !== undefined && redisUrl !== undefined,
    stack: { database: "postgres", redisUrl, apis: 2 },
  },
];

describe.each(SETTINGS)("$name", ({ isHere, stack: options }) => {
  describe.skipIf(!isHere || chromiumPath === undefined)("every kind of client at once", () => {
    let stack: Stack;
    let browser: Browser;
    let management: Management;
    let place: Place;
    let dashboard: Page;
    /** One set of clients per process. */
    let witnesses: ReadonlyMap<string, Witness>[] = [];

    beforeAll(async () => {
      [stack, browser] = await Promise.all([startStack(options), openBrowser()]);
      management = await connectManagement(stack);
      place = await management.createProject("Journey");
    });

    afterAll(async () => {
      await Promise.allSettled(witnesses.flatMap((set) => [...set.values()].map((it) => it.close())));
      await browser.close();
      await stack.stop();
    });

    it("takes the seed list from the command line: 12 flags, and the second of a double is reported", async () => {
      const into = `${place.organisation}/${place.project}`;

      const printed = await halyard(["import", SEED_LIST, "--project", into, "--url", stack.url], {
        HALYARD_API_KEY: stack.apiKey,
      });

      expect(printed).toContain("12 created, 0 updated, 1 skipped");
      expect(printed).toMatch(/skipped\s+flag integration_data \(\[3\]\): \S/);
      const flags = await management.flags(place);
      expect(flags.map((it) => it.key)).toContain(FLAG);
      expect(flags).toHaveLength(12);
    });

    it("serves the imported flag, off, to every client", async () => {
      const [clientKey, serverKey] = [await management.clientKey(place), await management.serverKey(place)];
      const connections = stack.apis.map(({ url }): Connection => ({ url, clientKey, serverKey, flag: FLAG }));

      witnesses = await Promise.all(connections.map((to) => connectAll(browser, to)));

      for (const set of witnesses) for (const witness of set.values()) await witness.sees(false);
    });

    it("shows the flag in the dashboard to the initial administrator", async () => {
      dashboard = await signIn(browser, stack.url);

      await dashboard.goto(addressOf(place, "flags"));

      await dashboard.getByRole("switch", { name: new RegExp(FLAG) }).waitFor();
    });

    describe.each([
      { act: "raised", enabled: true },
      { act: "lowered", enabled: false },
    ])("the flag is $act in the dashboard", ({ enabled }) => {
      const latencies: Record<string, Record<string, number>> = {};
      let clickedAt: number;

      beforeAll(async () => {
        clickedAt = await clickSwitch(dashboard, FLAG, enabled);
      });

      afterAll(() => console.table(latencies));

      for (const { name, manner, isHere: isClientHere } of CLIENT_KINDS) {
        it.skipIf(!isClientHere)(`${name} sees it within ${LIMIT_MS[manner]} ms`, async () => {
          for (const [process, set] of witnesses.entries()) {
            const witness = set.get(name);
            if (!witness) throw new Error(`${name} is not connected.`);
            const latencyMs = (await witness.sees(enabled)) - clickedAt;
            (latencies[name] ??= {})[`ms, process ${process + 1}`] = latencyMs;
            expect(latencyMs).toBeLessThanOrEqual(LIMIT_MS[manner]);
          }
        });
      }
    });
  });
});
