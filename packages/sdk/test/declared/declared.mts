// Compiled against the built package by `npm run check`: what a program that declares its flags may and may not write.
import { createClient } from "@halyard/sdk";
import { createServerClient } from "@halyard/sdk/node";
import { testClient } from "@halyard/sdk/testing";

declare module "@halyard/sdk" {
  interface Flags {
    "new-checkout": { value: boolean; variant: never };
    pricing: { value: { price: number; label: string }; variant: "control" | "annual" };
    "max-items": { value: number; variant: never };
  }
  interface Attributes {
    plan: "free" | "pro";
    seats?: number;
  }
}

const url = "https://flags.acme.io";
const defaults = { "new-checkout": false, pricing: { price: 9, label: "Pro" }, "max-items": 50 };

export const flags = createClient({ url, key: "env_1", defaults, context: { targetingKey: "u_42", plan: "pro" } });
export const isNew: boolean = flags.get("new-checkout");
export const variant: "control" | "annual" | null = flags.details("pricing").variant;
flags.watch("pricing", (now, before) => now.price - before.price);

export const server = createServerClient({ url, key: "ser_1", defaults });
export const maxItems: number = server.for({ plan: "free" }).get("max-items");

testClient({ "new-checkout": true }, { defaults }).set("max-items", 3);

// @ts-expect-error no such flag
flags.get("new-chekout");
// @ts-expect-error a number is no text
export const wrongType: string = flags.get("max-items");
// @ts-expect-error no such attribute
flags.setContext({ plna: "pro" });
// @ts-expect-error a default is missing
createClient({ url, key: "env_1", defaults: { "new-checkout": false } });
// @ts-expect-error all defaults are missing
createServerClient({ url, key: "ser_1" });
// @ts-expect-error a text is no number
testClient({ "max-items": "3" });
