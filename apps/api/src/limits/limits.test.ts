import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createLog } from "../log.ts";
import { openBrowser, randomAddress } from "../testing/browser.ts";
import { startServer, type TestServer } from "../testing/server.ts";
import { addressKey } from "./address.ts";
import { createLimits } from "./limits.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ environment: { HALYARD_TRUSTED_PROXIES: "loopback", HALYARD_MANAGEMENT_PER_MINUTE: "40" } });
});
afterAll(() => server.close());

const guess = (email: string, from: string, password = "not the password") => openBrowser(server, from).signIn(email, password);
const statusesOf = async (count: number, act: (at: number) => Promise<{ status: number }>) => {
  const found: number[] = [];
  for (let at = 0; at < count; at++) found.push((await act(at)).status);
  return found;
};
const times = (count: number, status: number) => Array.from({ length: count }, () => status);

describe("sign-in", () => {
  it("S-RATE-1: stops at the sixth wrong password of an account, from wherever it comes, and for the right one too", async () => {
    expect(await statusesOf(10, () => guess(server.email, randomAddress()))).toEqual([...times(5, 401), ...times(5, 429)]);

    const right = await guess(server.email.toUpperCase(), randomAddress(), server.password);
    expect(right).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await guess("other@example.com", randomAddress())).status).toBe(401);
  });

  it("S-RATE-2: stops one address at the 31st guess, however many accounts it tries", async () => {
    const from = randomAddress();

    expect(await statusesOf(33, (at) => guess(`nobody${at}@example.com`, from))).toEqual([...times(30, 401), ...times(3, 429)]);
  }, 60_000);

  it("S-RATE-3: believes the address that the proxy saw, not what the client says was before it", async () => {
    const from = randomAddress();
    const lie = (at: number) => guess(`liar${at}@example.com`, `203.0.113.${at}, ${from}`);

    expect((await statusesOf(31, lie)).slice(29)).toEqual([401, 429]);
    expect((await guess("liar@example.com", randomAddress())).status).toBe(401);
  }, 60_000);
});

it("asks for mails are limited, with the same words for every address", async () => {
  const ask = (email: string) => openBrowser(server, randomAddress()).post("/api/auth/request-password-reset", { email });

  const known = await statusesOf(6, () => ask("known@example.com"));
  const unknown = await statusesOf(6, () => ask("unknown@example.com"));

  expect(known).toEqual([...times(5, 200), 429]);
  expect(unknown).toEqual(known);
});

it("the set-up link cannot be guessed at length", async () => {
  const from = randomAddress();
  const wish = { name: "Eve", email: "eve@example.com", password: "green apples fall at dusk", organisation: "E", project: "E" };
  const attempt = (at: number) => openBrowser(server, from).post("/rest/v1/setup", { ...wish, token: `guess${at}` });

  expect(await statusesOf(21, attempt)).toEqual([...times(20, 403), 429]);
});

it("management calls are limited by who asks, in a batch each for itself, and another is not touched", async () => {
  const batch = Array.from({ length: 20 }, () => "account.me").join(",");
  const ask = () => server.ask("GET", `/trpc/${batch}?batch=1`);

  expect((await ask()).status).toBe(200);
  expect((await ask()).status).toBe(200);
  const over = await server.ask("GET", "/rest/v1/me");
  expect(over).toMatchObject({ status: 429, body: { code: "rate_limited" } });
  expect(Number(over.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await server.askPlainly("GET", "/rest/v1/setup")).status).toBe(200);
});

describe("S-RATE-3: an address", () => {
  it("of IPv6 counts as its network of 64 bits, however it is spelled", () => {
    const same = [
      "2001:db8:1:2::1",
      "2001:0DB8:0001:0002:0:0:0:ffff",
      "2001:db8:1:2:aaaa:bbbb:cccc:dddd",
      "2001:db8:1:2::%eth0",
      "2001:db8:1:2::192.0.2.1",
    ];

    expect(new Set(same.map(addressKey))).toEqual(new Set(["2001:db8:1:2::/64"]));
    expect(addressKey("2001:db8:1:3::1")).not.toBe(addressKey("2001:db8:1:2::1"));
    expect(addressKey("::1")).toBe("0:0:0:0::/64");
  });

  it("of IPv4 counts as itself, also in IPv6's clothes", () => {
    expect([addressKey("192.0.2.7"), addressKey("::ffff:192.0.2.7"), addressKey("::ffff:c000:207")]).toEqual(
      times(3, 0).map(() => "192.0.2.7"),
    );
  });
});

it("S-RATE-4: still limits while Redis is away, and says so once", async () => {
  const lines: { msg: string }[] = [];
  const log = createLog("info", { write: (line) => void lines.push(JSON.parse(line) as { msg: string }) });
  const limits = createLimits({ redisUrl: "redis://127.0.0.1:1", log, managementPerMinute: 3 });

  const outcomes: string[] = [];
  for (let at = 0; at < 5; at++)
    outcomes.push(
      await limits.takeManagement("somebody").then(
        () => "ok",
        (error: unknown) => (error as { code: string }).code,
      ),
    );
  await limits.takeManagement("somebody else");

  expect(outcomes).toEqual(["ok", "ok", "ok", "rate_limited", "rate_limited"]);
  await vi.waitFor(() => expect(lines).not.toEqual([]), { timeout: 10_000 });
  await expect(limits.takeManagement("somebody")).rejects.toMatchObject({ code: "rate_limited" });
  expect(lines.filter((it) => it.msg.includes("Redis does not answer"))).toHaveLength(1);
  await limits.close();
});

const redisUrl = process.env["HALYARD_TEST_REDIS_URL"];
it.skipIf(redisUrl === undefined)("holds over all processes that share a Redis", async () => {
  const start = () => createLimits({ redisUrl, log: pino({ level: "silent" }), managementPerMinute: 4 });
  const nodes = [start(), start()];

  // A process whose Redis is not connected yet counts on its own.
  await vi.waitFor(async () => {
    const who = randomUUID();
    for (const node of [...nodes, ...nodes]) await node.takeManagement(who);
    for (const node of nodes) await expect(node.takeManagement(who)).rejects.toMatchObject({ code: "rate_limited" });
  });
  await Promise.all(nodes.map((node) => node.close()));
});
