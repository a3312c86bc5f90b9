import { getTRPCErrorShape, type TRPCError } from "@trpc/server";
import { sdkRouter } from "./router.ts";
import type { StreamContext } from "./trpc.ts";

/** A subscription as a client asks for it. */
export interface Request {
  /** As JSON. */
  readonly id: string;
  /** How answers begin: `{"id":1,`, with the protocol's version where the client names it. */
  readonly head: string;
  readonly path: "environment" | "flags";
  readonly input: unknown;
}

/** A message that begins or stops a subscription; undefined for any other, and for what is wrong in any way: tRPC knows what to say. */
export type Message = { readonly subscribe: Request } | { readonly stop: string } | undefined;

export function readMessage(message: unknown): Message {
  if (!isRecord(message)) return undefined;
  const { id, jsonrpc, method, params } = message;
  if (typeof id !== "string" && typeof id !== "number") return undefined;
  if (jsonrpc !== undefined && jsonrpc !== "2.0") return undefined;
  const name = JSON.stringify(id);
  if (method === "subscription.stop") return { stop: name };
  if (method !== "subscription" || !isRecord(params)) return undefined;
  const { path, input, lastEventId } = params;
  if (path !== "environment" && path !== "flags") return undefined;
  const request = { id: name, head: `{"id":${name},${jsonrpc === undefined ? "" : '"jsonrpc":"2.0",'}`, path } as const;
  if (lastEventId === undefined) return { subscribe: { ...request, input } };
  if (typeof lastEventId !== "string") return undefined;
  return { subscribe: { ...request, input: isRecord(input) ? { ...input, lastEventId } : (input ?? { lastEventId }) } };
}

const results = new Map<string, Buffer>();

/** `started` and `stopped`, made once for each beginning. */
export function resultFrame(head: string, type: "started" | "stopped"): Buffer {
  const text = `${head}"result":{"type":"${type}"}}`;
  const known = results.get(text);
  if (known) return known;
  const made = Buffer.from(text);
  if (results.size < 200) results.set(text, made);
  return made;
}

export function errorFrame(error: TRPCError, { head, path, input }: Request, ctx?: StreamContext): Buffer {
  const shape = getTRPCErrorShape({ config: sdkRouter._def._config, error, type: "subscription", path, input, ctx });
  return Buffer.from(`${head}"error":${JSON.stringify(shape)}}`);
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
