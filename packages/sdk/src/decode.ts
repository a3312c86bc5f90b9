import type { FlagResult, FlagsEvent } from "@halyard/contracts";
import type { JsonValue, Reason, ValueType } from "@halyard/evaluator/model";
import { HalyardError } from "./errors.ts";
import { freeze, isRecord } from "./json.ts";

/**
 * Reads an event of the `flags` stream. Unknown members are ignored.
 *
 * @returns `undefined` for a type of event that this version does not know
 * @throws HalyardError `INVALID_MESSAGE`
 */
export function decodeFlagsEvent(value: unknown): FlagsEvent | undefined {
  const event = decodeEnvelope(value);
  const { type, to, position } = event;
  switch (type) {
    case "heartbeat":
      return { type, to, position };
    case "full":
      return { type, to, position, flags: decodeResults(event.rest["flags"]) };
    case "changes": {
      const { removed } = event.rest;
      if (!Array.isArray(removed) || !removed.every((key) => typeof key === "string")) throw invalid("removed");
      return {
        type,
        from: decodeVersion(event.rest["from"], "from"),
        to,
        position,
        changed: decodeResults(event.rest["changed"]),
        removed,
      };
    }
    default:
      return undefined;
  }
}

export interface Envelope {
  readonly type: string;
  readonly to: number;
  readonly position: string;
  readonly rest: Readonly<Record<string, unknown>>;
}

/** What all events have; those of an unknown type need nothing but the type. */
export function decodeEnvelope(value: unknown): Envelope {
  if (!isRecord(value) || typeof value["type"] !== "string") throw invalid("type");
  const { type, position } = value;
  if (!["full", "changes", "heartbeat", "snapshot", "delta"].includes(type)) return { type, to: 0, position: "", rest: value };
  if (typeof position !== "string" || position === "") throw invalid("position");
  return { type, to: decodeVersion(value["to"], "to"), position, rest: value };
}

export function decodeVersion(value: unknown, name: string): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw invalid(name);
  return Number(value);
}

export function invalid(what: string): HalyardError {
  return new HalyardError("INVALID_MESSAGE", `The server's event has no valid "${what}"; it was not applied.`);
}

function decodeResults(value: unknown): Readonly<Record<string, FlagResult>> {
  if (!isRecord(value)) throw invalid("flags");
  // `fromEntries` defines members, so that a flag called "__proto__" is one like any other.
  return Object.fromEntries(Object.entries(value).map(([key, result]) => [key, decodeResult(result, key)]));
}

function decodeResult(result: unknown, key: string): FlagResult {
  if (!isRecord(result)) throw invalid(`flags.${key}`);
  const { enabled, valueType, value, variant, reason } = result;
  const isValid =
    typeof enabled === "boolean" &&
    typeof valueType === "string" &&
    value !== undefined &&
    (variant === null || typeof variant === "string") &&
    typeof reason === "string";
  if (!isValid) throw invalid(`flags.${key}`);
  // It came out of JSON.parse; later servers may know more types and reasons, which are passed on as they are.
  return freeze({ enabled, valueType: valueType as ValueType, value: value as JsonValue, variant, reason: reason as Reason });
}
