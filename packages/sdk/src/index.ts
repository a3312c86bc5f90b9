export { type Client, createClient } from "./client.ts";
export { HalyardError, type HalyardErrorCode } from "./errors.ts";
export type { Events } from "./listeners.ts";
export type { Bootstrap, ClientOptions } from "./options.ts";
export type { Runtime, Socket, SocketEnd, SocketHandlers } from "./runtime.ts";
export type { Surrounding } from "./surroundings.ts";
export type {
  Attributes,
  Change,
  Defaults,
  Details,
  DetailsErrorCode,
  EvaluationContext,
  FlagKey,
  Flags,
  FlagValue,
  FlagVariant,
  ReadyOptions,
  Source,
  Status,
} from "./types.ts";
