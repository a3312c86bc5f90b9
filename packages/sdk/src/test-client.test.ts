import { describe, expect, it } from "vitest";
import { testClient } from "./test-client.ts";

describe("a client in a test", () => {
  it("gives what the test states, and tells what was read", () => {
    const flags = testClient({ "new-checkout": true }, { defaults: { "max-items": 50 } });
    flags.set("max-items", 3);

    expect(flags.get("max-items")).toBe(3);
    expect(flags.get("new-checkout")).toBe(true);
    flags.get("max-items");

    expect(flags.reads()).toEqual(["max-items", "new-checkout"]);
  });

  it("has the real meaning of off, of missing, and of another type", () => {
    const flags = testClient(
      { limit: 3, beta: true, name: "x" },
      { defaults: { limit: 50, beta: true, name: 1, absent: "here" } },
    );

    flags.disable("limit");
    flags.set("beta", false);

    expect(flags.details("limit")).toMatchObject({ value: 50, reason: "DISABLED", enabled: false });
    expect(flags.details("beta")).toMatchObject({ value: false, reason: "DISABLED" });
    expect(flags.details("name")).toMatchObject({ value: 1, errorCode: "TYPE_MISMATCH" });
    expect(flags.details("absent")).toMatchObject({ value: "here", errorCode: "FLAG_NOT_FOUND" });
  });

  it("tells watchers and listeners of each change, and counts no read for it", () => {
    const flags = testClient({ limit: 1, other: 1 });
    const seen: unknown[] = [];
    flags.watch("limit", (now, before) => seen.push([now, before]));
    flags.on("change", ({ keys, version }) => seen.push([keys, version]));

    flags.set("limit", 2);
    flags.set("limit", 2);
    flags.set("other", 2);

    expect(seen).toEqual([
      [2, 1],
      [["limit"], "test:2"],
      [["other"], "test:4"],
    ]);
    expect(flags.reads()).toEqual(["limit"]);
  });

  it("is ready, and gives defaults once closed", async () => {
    const flags = testClient({ beta: true }, { defaults: { beta: false } });
    await expect(flags.ready()).resolves.toEqual({ source: "live" });

    await flags.close();
    flags.set("beta", true);

    expect(flags.details("beta")).toMatchObject({ value: false, errorCode: "PROVIDER_NOT_READY" });
  });
});
