import type { AttributeScalar, Attributes } from "@halyard/evaluator";
import { BaseOfflineHandler, Flagsmith } from "flagsmith-nodejs";
// The environment builder is not among the package's exports.
import { buildEnvironmentModel } from "../../../node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/environments/util.js";
import { toFlagsmithDocument } from "../flagsmith-document.ts";
import type { Workload } from "../workloads.ts";
import { type Engine, textOf } from "./engine.ts";

/** Has no door for one flag of an identity: it evaluates all. */
export function loadFlagsmith({ snapshot, contexts }: Workload): Engine {
  const environment = buildEnvironmentModel(toFlagsmithDocument(snapshot));
  const offlineHandler = Object.assign(new BaseOfflineHandler(), { getEnvironment: () => environment });
  const flagsmith = new Flagsmith({ offlineMode: true, offlineHandler });
  const identities = contexts.map(({ targetingKey = "", attributes }) => ({ targetingKey, traits: scalarsOf(attributes) }));
  const flagsFor = (at: number) => {
    const { targetingKey = "", traits = {} } = identities[at] ?? {};
    return flagsmith.getIdentityFlags(targetingKey, traits);
  };
  return {
    name: "flagsmith-nodejs 8.1.2",
    one: async (flagKey, at) => (await flagsFor(at)).getFeatureValue(flagKey),
    async reader(at) {
      const flags = await flagsFor(at);
      return (flagKey) => flags.getFeatureValue(flagKey);
    },
    async all(at) {
      let read = 0;
      for (const { value } of (await flagsFor(at)).allFlags()) read += textOf(value).length;
      return read;
    },
  };
}

/** Its traits hold no lists. */
function scalarsOf(attributes: Attributes = {}): Record<string, AttributeScalar> {
  const scalars: Record<string, AttributeScalar> = {};
  for (const [name, value] of Object.entries(attributes)) if (value === null || typeof value !== "object") scalars[name] = value;
  return scalars;
}
