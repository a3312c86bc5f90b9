export type { Delivery, EnvironmentState, Hub, HubChange, Identities, KeyHolder, StoredTraits } from "./delivery.ts";
