export { HalyardError, type HalyardErrorCode } from "./errors.ts";
export type { Events } from "./listeners.ts";
export { createServerClient, type ServerClient, type ServerClientOptions } from "./node/server-client.ts";
export type { Dehydrated, View } from "./node/view.ts";
export type { Bootstrap } from "./options.ts";
export type { Runtime, Socket, SocketEnd, SocketHandlers } from "./runtime.ts";
export type { Surrounding } from "./surroundings.ts";
export type {
  Attributes,
  Change,
  Details,
  EvaluationContext,
  FlagKey,
  Flags,
  FlagValue,
  ReadyOptions,
  Source,
  Status,
} from "./types.ts";
