import type { ErrorBody } from "@halyard/contracts";

/** Told to whoever runs the command, without a stack. */
export class Failure extends Error {}

export interface Server {
  readonly url: string;
  readonly apiKey: string;
}

/** @throws Failure with the server's own sentence, or why it could not be asked */
export const post = (server: Server, path: string, body: unknown): Promise<unknown> =>
  ask(server, path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** @throws Failure as `post` does */
export const get = (server: Server, path: string): Promise<unknown> => ask(server, path, {});

interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function ask(server: Server, path: string, { headers, ...request }: Question): Promise<unknown> {
  const response = await fetch(new URL(`rest/v1${path}`, slashed(server.url)), {
    ...request,
    headers: { ...headers, authorization: `Api-Key ${server.apiKey}` },
  }).catch((error: unknown) => {
    throw new Failure(`${server.url} does not answer. Is Halyard running there? (${reasonOf(error)})`);
  });
  const text = await response.text();
  if (response.ok) return parse(text, server.url);
  throw new Failure(describe(response.status, parse(text, server.url)));
}

const slashed = (url: string): string => (url.endsWith("/") ? url : `${url}/`);

function parse(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(`${url} answered, but not as Halyard does. Check the address.`);
  }
}

function describe(status: number, body: unknown): string {
  const error = body as Partial<ErrorBody> | null;
  const fields = (error?.fields ?? []).slice(0, 10).map((it) => `\n  ${it.path}: ${it.message}`);
  return `Refused (${status}): ${error?.message ?? "no reason given"}${fields.join("")}`;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return error instanceof Error ? error.message : "unknown";
}
