import { OFREPProvider } from "@openfeature/ofrep-provider";
import { OFREPWebProvider } from "@openfeature/ofrep-web-provider";
import { OpenFeature as Server } from "@openfeature/server-sdk";
import { type Provider, ProviderEvents, OpenFeature as Web } from "@openfeature/web-sdk";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Door, openDoor } from "./testing/door.ts";
import { FetchEventSource } from "./testing/event-source.ts";

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

describe("OpenFeature's server SDK", () => {
  beforeEach(async () => {
    const provider = new OFREPProvider({ baseUrl: `${door.address}/`, headers: [["Authorization", `Bearer ${door.serverKey}`]] });
    await Server.setProviderAndWait(provider);
  });
  afterEach(() => Server.close());
  const context = { targetingKey: "ada", plan: "pro" };

  it("reads values of all types with their reasons", async () => {
    const client = Server.getClient();
    expect(await client.getBooleanDetails("bright", false, context)).toMatchObject({ value: true, reason: "STATIC" });
    expect(await client.getStringDetails("checkout", "", context)).toMatchObject({
      value: "new",
      reason: "TARGETING_MATCH",
      flagMetadata: { valueType: "string", source: "segment", segment: "professionals" },
    });
    expect(await client.getStringDetails("banner", "", context)).toMatchObject({ value: "blue", variant: "blue" });
    expect(await client.getNumberValue("limit", 0, context)).toBe(12);
    expect(await client.getObjectValue("a/b c", {}, context)).toEqual({ colour: "grey" });
  });

  it("reads what is off as false, or as its caller's default", async () => {
    const client = Server.getClient();
    expect(await client.getBooleanDetails("dark", true)).toMatchObject({ value: false });
    // This version of the client knows no answer without a value, but ends in the same place.
    expect(await client.getStringDetails("off", "mine")).toMatchObject({ value: "mine" });
    expect(await client.getStringValue("empty", "mine")).toBe("mine");
  });

  it("is told of a flag that does not exist, a type that does not fit and a key that is unknown", async () => {
    const client = Server.getClient();
    expect(await client.getBooleanDetails("nothing", true)).toMatchObject({ value: true, errorCode: "FLAG_NOT_FOUND" });
    expect(await client.getBooleanDetails("checkout", true)).toMatchObject({ value: true, errorCode: "TYPE_MISMATCH" });
    await Server.setProviderAndWait(new OFREPProvider({ baseUrl: door.address, headers: [["X-API-Key", "nobody"]] }));
    expect(await Server.getClient().getBooleanDetails("bright", false)).toMatchObject({ value: false, errorCode: "GENERAL" });
  });
});

describe("OpenFeature's web SDK", () => {
  beforeEach(() => vi.stubGlobal("EventSource", FetchEventSource));
  afterEach(async () => {
    await Web.clearProviders();
    await Web.setContext({});
    vi.unstubAllGlobals();
  });
  const start = async (key = door.clientKey) => {
    const provider = new OFREPWebProvider({ baseUrl: door.address, headers: [["X-API-Key", key]], cacheMode: "disabled" });
    // Its optional members are declared a little wider than the SDK's.
    await Web.setProviderAndWait(provider as Provider);
    return Web.getClient();
  };

  it("reads all flags from one answer", async () => {
    await Web.setContext({ targetingKey: "ada", plan: "pro" });
    const client = await start();
    expect(client.getStringDetails("checkout", "")).toMatchObject({ value: "new", reason: "TARGETING_MATCH" });
    expect(client.getObjectValue("a/b c", {})).toEqual({ colour: "grey" });
    expect(client.getBooleanValue("dark", true)).toBe(false);
    expect(client.getStringDetails("off", "mine")).toMatchObject({ value: "mine", reason: "DISABLED" });
    expect(client.getStringDetails("off", "mine")).not.toHaveProperty("errorCode");
    expect(client.getBooleanDetails("secret", false)).toMatchObject({ errorCode: "FLAG_NOT_FOUND" });
  });

  it("asks again for another context, also where only an attribute differs", async () => {
    await Web.setContext({ targetingKey: "ada" });
    const client = await start();
    expect(client.getStringValue("checkout", "")).toBe("old");

    await Web.setContext({ targetingKey: "ada", plan: "pro" });

    expect(client.getStringValue("checkout", "")).toBe("new");
  });

  it("hears of a change by its stream, and of the flags that changed and no others", async () => {
    const client = await start();
    const changed: (string[] | undefined)[] = [];
    client.addHandler(ProviderEvents.ConfigurationChanged, (event) => changed.push(event?.flagsChanged));
    await vi.waitFor(() => expect(FetchEventSource.open.size).toBe(1));

    await door.garden.setFlag(door.node, door.ids.limit, { enabled: true, value: 13 });

    await vi.waitFor(() => expect(client.getNumberValue("limit", 0)).toBe(13), { timeout: 3_000 });
    expect(changed.at(-1)).toEqual(["limit"]);
  });

  it("keeps one stream over changes, and closes it at the end", async () => {
    const client = await start();
    await vi.waitFor(() => expect(FetchEventSource.open.size).toBe(1));
    const [stream] = FetchEventSource.open;
    await door.garden.setFlag(door.node, door.ids.limit, { enabled: true, value: 14 });
    await vi.waitFor(() => expect(client.getNumberValue("limit", 0)).toBe(14), { timeout: 3_000 });

    expect([...FetchEventSource.open]).toEqual([stream]);
    await Web.clearProviders();
    expect(FetchEventSource.open.size).toBe(0);
  });

  it("stops for good with a key that is unknown", async () => {
    await expect(start("nobody")).rejects.toThrow();
    expect(Web.getClient().providerStatus).toBe("FATAL");
  });
});
