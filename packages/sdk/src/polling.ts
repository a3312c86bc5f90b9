import { failureOf, HalyardError, parseRetryAfter, toHalyardError } from "./errors.ts";
import { isRecord } from "./json.ts";
import type { Runtime } from "./runtime.ts";

/** A request without an answer after this is given up. */
const TIMEOUT_MS = 10_000;

export interface PollOptions {
  readonly runtime: Runtime;
  readonly url: string;
  readonly key: string;
  readonly path: string;
  readonly input: object;
  readonly signal: AbortSignal;
}

/**
 * Asks once, over HTTP, for what the stream would send first.
 *
 * @returns one event, not yet decoded
 * @throws HalyardError
 */
export async function poll({ runtime, url, key, path, input, signal }: PollOptions): Promise<unknown> {
  const timeout = new AbortController();
  const abort = () => timeout.abort();
  const cancelTimeout = runtime.after(TIMEOUT_MS, abort);
  signal.addEventListener("abort", abort);
  try {
    const response = await runtime.fetch(`${url}/stream/${path}Now`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Environment-Key": key },
      body: JSON.stringify(input),
      signal: timeout.signal,
    });
    if (!response.ok) {
      const retryAfterMs = parseRetryAfter(response.headers.get("Retry-After"), runtime.wallNow());
      // The body says nothing more; reading it off lets the connection be used again.
      await response.arrayBuffer();
      throw failureOf(response.status, `The server answered ${response.status}.`, retryAfterMs);
    }
    return unwrap(await response.text());
  } catch (cause) {
    throw toHalyardError(cause, "UNREACHABLE", "The server did not answer.");
  } finally {
    cancelTimeout();
    signal.removeEventListener("abort", abort);
  }
}

function unwrap(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    if (isRecord(body) && isRecord(body["result"])) return body["result"]["data"];
  } catch (cause) {
    throw new HalyardError("INVALID_MESSAGE", "The server's answer is malformed JSON; it was not applied.", { cause });
  }
  throw new HalyardError("INVALID_MESSAGE", "The server's answer has no result.");
}
