export { ERROR_STATUS, type ErrorBody, type ErrorCode } from "./errors.ts";
export { LIMITS } from "./limits.ts";
export {
  type AckInput,
  CLOSE,
  type EnvironmentDelta,
  type EnvironmentEvent,
  type EnvironmentInput,
  type EnvironmentSnapshot,
  type EventPart,
  type FlagResult,
  type FlagsChanges,
  type FlagsEvent,
  type FlagsFull,
  type FlagsInput,
  HEARTBEAT_MS,
  type Heartbeat,
  PART_BYTES,
  type Position,
  SSE_PATHS,
  type SseClose,
} from "./stream.ts";
