import type { EnvironmentEvent } from "@halyard/contracts";
import { parseDelta, parseIdentityOverrides, parseSnapshot } from "@halyard/evaluator/validate";
import { decodeEnvelope, decodeVersion } from "../decode.ts";
import { HalyardError } from "../errors.ts";

/**
 * Reads an event of the `environment` stream.
 *
 * @returns `undefined` for a type of event that this version does not know
 * @throws HalyardError `INVALID_MESSAGE`, naming the path of the fault
 */
export function decodeEnvironmentEvent(value: unknown): EnvironmentEvent | undefined {
  const { type, to, position, rest } = decodeEnvelope(value);
  switch (type) {
    case "heartbeat":
      return { type, to, position };
    case "snapshot": {
      const { snapshot } = accept(parseSnapshot(rest["snapshot"]));
      const { identityOverrides } = accept(parseIdentityOverrides(rest["identityOverrides"]));
      return { type, to, position, snapshot, identityOverrides };
    }
    case "delta": {
      const { delta } = accept(parseDelta(rest["delta"]));
      return { type, from: decodeVersion(rest["from"], "from"), to, position, delta };
    }
    default:
      return undefined;
  }
}

type Parsed<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly error: string };

function accept<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new HalyardError("INVALID_MESSAGE", `The server's event was not applied: ${parsed.error}`);
  return parsed;
}
