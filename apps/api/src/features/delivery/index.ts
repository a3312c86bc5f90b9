// What delivery throws, for doors that know nothing else of the product.
export { AppError, RETRY_AFTER_SECONDS, toAppError } from "../../errors.ts";
export { createStreamCounts, type StreamCounts } from "./counts.ts";
export { createDelivery, type DeliveryOptions } from "./create-delivery.ts";
export type {
  Delivery,
  DeliveryReport,
  EnvironmentState,
  Hub,
  HubChange,
  Identities,
  KeyHolder,
  Place,
  RevisionNews,
  StoredTraits,
} from "./delivery.ts";
export { mergeDeltas } from "./merge-deltas.ts";
export { parsePosition, toPosition } from "./position.ts";
export { waitForVersion } from "./wait-for-version.ts";
