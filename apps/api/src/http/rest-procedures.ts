import type { AnyRouter } from "@trpc/server";
import { z } from "zod";
import type { Meta, RestRoute } from "../trpc.ts";

/** A procedure that stands in REST too. */
export interface RestProcedure {
  /** Its tRPC path, such as `flags.create`; the operation's id. */
  readonly name: string;
  readonly type: "query" | "mutation";
  readonly route: RestRoute;
  readonly input: z.ZodObject;
  readonly output: z.ZodType | undefined;
  /** Fields of the input that the path gives. */
  readonly pathFields: readonly string[];
  /** Where the other fields are: there is no body to a GET, and few clients send one with a DELETE. */
  readonly rest: "query" | "body";
}

/** What tRPC keeps of a procedure; half internal, so its version is pinned and a test calls it for real. */
interface Definition {
  readonly _def: {
    readonly type: string;
    readonly meta?: Meta;
    readonly inputs: readonly unknown[];
    readonly output?: unknown;
  };
}

/** @throws TypeError for a procedure whose input REST cannot express: a mistake of ours, found at the start */
export function listRestProcedures(router: AnyRouter): RestProcedure[] {
  const procedures = router._def.procedures as Readonly<Record<string, Definition>>;
  return Object.entries(procedures).flatMap(([name, { _def }]) => {
    const route = _def.meta?.rest;
    if (!route || (_def.type !== "query" && _def.type !== "mutation")) return [];
    // Later inputs narrow earlier ones; the last is the whole contract.
    const input = toObject(name, _def.inputs.at(-1));
    const pathFields = [...route.path.matchAll(/\{(\w+)\}/g)].flatMap(([, field]) => field ?? []);
    const missing = pathFields.find((field) => !(field in input.shape));
    if (missing !== undefined) throw new TypeError(`${name}: its path gives \`${missing}\`, which its input does not take.`);
    return {
      name,
      type: _def.type,
      route,
      input,
      output: _def.output instanceof z.ZodType ? _def.output : undefined,
      pathFields,
      rest: route.method === "GET" || route.method === "DELETE" ? "query" : "body",
    };
  });
}

function toObject(name: string, input: unknown): z.ZodObject {
  const inner = input instanceof z.ZodOptional ? input.unwrap() : input;
  if (inner === undefined) return z.strictObject({});
  if (!(inner instanceof z.ZodObject))
    throw new TypeError(`${name}: its last input is no object, so REST cannot give its fields.`);
  return inner;
}
