import { expect, it } from "vitest";
import { snippetsOf } from "./snippets.ts";

const snippets = snippetsOf({
  origin: "https://flags.acme.io",
  clientKey: "env_abc",
  serverKey: "ser.k1_…",
  flag: "new-checkout",
});

it("puts this server's address and this environment's key into every snippet that runs in public", () => {
  for (const snippet of snippets.filter(({ runs }) => runs !== "server")) {
    expect(snippet.code, snippet.id).toContain("https://flags.acme.io");
    expect(snippet.code, snippet.id).toContain("env_abc");
  }
});

it("never puts a server key where the public could read it", () => {
  for (const snippet of snippets.filter(({ runs }) => runs !== "server")) expect(snippet.code).not.toContain("ser.");
});

it("gives Flagsmith's clients addresses that end with a slash, as they ask for", () => {
  const flagsmith = snippets.filter(({ id }) => id.startsWith("flagsmith"));

  expect(flagsmith).toHaveLength(3);
  for (const { code } of flagsmith) expect(code).toMatch(/(api|apiUrl): "https:\/\/flags\.acme\.io\/api\/v1\/"/);
  expect(flagsmith[0]?.code).toContain('eventSourceUrl: "https://flags.acme.io/"');
});
