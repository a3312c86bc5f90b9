// @vitest-environment jsdom
import { createComponent, createEffect, createRoot } from "solid-js";
import { expect, it } from "vitest";
import { createFlag, FlagsProvider } from "./solid.ts";
import { testClient } from "./test-client.ts";

it("is a signal that changes with its flag only, and ends with its owner", () => {
  const client = testClient({ limit: 3, beta: true });
  const seen: unknown[] = [];
  const dispose = createRoot((end) => {
    createComponent(FlagsProvider, {
      client,
      get children() {
        const value = createFlag("limit");
        createEffect(() => seen.push(value()));
        return undefined;
      },
    });
    return end;
  });
  expect(seen).toEqual([3]);

  client.set("beta", false);
  client.set("limit", 3);
  client.set("limit", 4);
  expect(seen).toEqual([3, 4]);
  dispose();
  client.set("limit", 5);

  expect(seen).toEqual([3, 4]);
});

it("says what is missing without a provider", () => {
  createRoot(() => {
    expect(() => createFlag("limit")).toThrow("createFlag needs a FlagsProvider above it.");
  });
});
