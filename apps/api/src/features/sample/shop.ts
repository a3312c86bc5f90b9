import type { Condition, JsonValue, Rule } from "@halyard/evaluator/model";
import type { FlagWish } from "../flags/index.ts";

/** A small shop that tells a story: one flag live, one at 30 %, one forgotten, one for an emergency. */
type ShopFlag = Pick<FlagWish, "key" | "description" | "valueType"> & Partial<FlagWish>;

const all = (...conditions: Condition[]): Rule[] => [{ type: "ALL", conditions, rules: [] }];

export const TAGS = [
  { label: "checkout", colour: "#2f7dd1", description: "On the way from cart to payment" },
  { label: "kill switch", colour: "#8a5cd1", description: "Turn off in an emergency" },
  { label: "clean up", colour: "#64748b", description: "Done; remove from the code" },
] as const;

export const SEGMENTS = [
  {
    key: "beta-testers",
    name: "Beta testers",
    description: "People who asked to see new things first.",
    rules: all({ operator: "EQUAL", property: "beta", value: "true" }),
  },
  {
    key: "loyal-customers",
    name: "Loyal customers",
    description: "Ten orders or more, in the countries we ship to from our own warehouse.",
    rules: all(
      { operator: "GREATER_THAN_INCLUSIVE", property: "orders", value: "10" },
      { operator: "IN", property: "country", value: ["DE", "FR", "NL"] },
    ),
  },
  {
    key: "thirty-percent",
    name: "30 % of everybody",
    description: "The same people every time; raise the share and nobody drops out.",
    rules: all({ operator: "PERCENTAGE_SPLIT", property: "", value: "30" }),
  },
] as const;

export const FLAGS: readonly ShopFlag[] = [
  {
    key: "one-page-checkout",
    description: "Address, delivery and payment on one page. Live for everybody.",
    valueType: "boolean",
    enabled: true,
    tags: ["checkout"],
  },
  {
    key: "express-delivery",
    description: "Same-day delivery. Rolling out: beta testers and 30 % of everybody in production.",
    valueType: "boolean",
    tags: ["checkout"],
  },
  {
    key: "free-shipping-from",
    description: "Orders from this amount ship free, in euros. Loyal customers get a lower one.",
    valueType: "number",
    enabled: true,
    value: 50,
    tags: ["checkout"],
  },
  {
    key: "hero-banner",
    description: "What the front page says first.",
    valueType: "string",
    enabled: true,
    value: "Autumn sale: up to 40 % off",
    variants: [
      { key: "gift-guide", value: "Find a gift in two minutes", weight: 25 },
      { key: "free-returns", value: "Free returns for 60 days", weight: 25 },
    ],
  },
  {
    key: "recommendations",
    description: "How products are recommended beside the cart.",
    valueType: "json",
    enabled: true,
    value: { strategy: "bought-together", count: 4 },
  },
  {
    key: "fraud-threshold",
    description: "Score above which an order is looked at by a person. Never sent to browsers.",
    valueType: "number",
    enabled: true,
    value: 0.82,
    serverOnly: true,
  },
  {
    key: "take-orders",
    description: "Turn off to stop taking orders at once.",
    valueType: "boolean",
    enabled: true,
    tags: ["kill switch"],
  },
  {
    key: "legacy-cart",
    description: "Left over from the move to the new cart. On everywhere for months: safe to remove.",
    valueType: "boolean",
    enabled: true,
    tags: ["clean up"],
  },
];

export const STALE = { flag: "legacy-cart", ageDays: 160 } as const;

export interface ShopOverride {
  readonly flag: string;
  readonly segment: string;
  readonly enabled: boolean;
  readonly value?: JsonValue;
  readonly comment: string;
}

/** In production, strongest first for each flag. */
export const OVERRIDES: readonly ShopOverride[] = [
  { flag: "express-delivery", segment: "beta-testers", enabled: true, comment: "Beta testers first" },
  { flag: "express-delivery", segment: "thirty-percent", enabled: true, comment: "No complaints in a week: on to 30 %" },
  { flag: "free-shipping-from", segment: "loyal-customers", enabled: true, value: 20, comment: "Thank those who come back" },
];

export interface ShopIdentity {
  readonly identifier: string;
  readonly traits: Readonly<Record<string, string | number | boolean>>;
}

export const IDENTITIES: readonly ShopIdentity[] = [
  { identifier: "ada@example.com", traits: { orders: 23, country: "DE", beta: true, plan: "plus" } },
  { identifier: "grace@example.com", traits: { orders: 4, country: "US", plan: "free" } },
  { identifier: "linus@example.com", traits: { orders: 11, country: "NL", beta: false, plan: "plus" } },
  { identifier: "margaret@example.com", traits: { orders: 1, country: "FR" } },
];

export const IDENTITY_OVERRIDE = { identifier: "grace@example.com", flag: "express-delivery", enabled: true } as const;
