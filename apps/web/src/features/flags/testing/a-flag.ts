import type { FlagDetail } from "../flag.ts";

/** A boolean flag that is off in production, with what a test cares about. */
export function aFlag(given: Partial<FlagDetail> = {}): FlagDetail {
  const state = given.state ?? { enabled: false, value: null, weights: [] };
  return {
    id: 1,
    key: "new-checkout",
    description: "",
    valueType: "boolean",
    valueSchema: null,
    defaultValue: null,
    serverOnly: false,
    archivedAt: null,
    createdAt: "2026-11-01T00:00:00.000Z",
    tags: [],
    owners: [],
    variants: [],
    lastChange: { version: 3, actor: "Ada", at: "2026-11-20T00:00:00.000Z" },
    environment: "production",
    version: 3,
    segmentOverrides: [],
    identityOverrides: [],
    prerequisites: [],
    dependents: [],
    flagsmith: { exact: true, reasons: [] },
    ...given,
    state,
    states: given.states ?? [
      { environment: "production", ...state, segmentOverrides: 0, identityOverrides: 0, prerequisites: 0, flagsmithExact: true },
    ],
  };
}
