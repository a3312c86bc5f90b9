import { toErrorBody } from "../../lib/errors.ts";

/** What the server says of a field or of a place inside it, which is then named: ``price: must be >= 0``. */
export function innerError(error: unknown, path: string): string | undefined {
  if (error === undefined || error === null) return undefined;
  const field = toErrorBody(error).fields?.find((it) => it.path === path || it.path.startsWith(`${path}.`));
  if (!field) return undefined;
  return field.path === path ? field.message : `${field.path.slice(path.length + 1)}: ${field.message}`;
}

/** What the server says of a schema, or of the values that stand in its way: those it names one by one. */
export function schemaError(error: unknown): string | undefined {
  const inner = innerError(error, "valueSchema");
  if (inner === undefined) return undefined;
  const { code, message } = toErrorBody(error);
  return code === "conflict" ? message : inner;
}
