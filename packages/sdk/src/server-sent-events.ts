import { failureOf, HalyardError, parseRetryAfter, toHalyardError } from "./errors.ts";
import { createEventParser } from "./event-parser.ts";
import { isRecord } from "./json.ts";
import type { Stream, StreamOptions } from "./stream.ts";

/** One answer that does not end: the same events as over a socket, for where no socket can be had. Needs `fetch` only. */
export function openServerSentEvents({ runtime, url, path, key, input, on }: StreamOptions): Stream {
  let request = start(input);

  function start(body: object): AbortController {
    const mine = new AbortController();
    void listen(body, mine.signal).catch((cause: unknown) => {
      if (mine.signal.aborted) return;
      mine.abort();
      on.ended(toHalyardError(cause, "UNREACHABLE", "The stream of events broke."));
    });
    return mine;
  }

  async function listen(body: object, signal: AbortSignal): Promise<never> {
    const response = await runtime.fetch(`${url}/stream/sse/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream", "X-Environment-Key": key },
      body: JSON.stringify(body),
      signal,
    });
    if (!response.ok) {
      const retryAfterMs = parseRetryAfter(response.headers.get("Retry-After"), runtime.wallNow());
      await response.body?.cancel();
      throw failureOf(response.status, `The server answered ${response.status}.`, retryAfterMs);
    }
    // Something in between that answers for the server, or a platform that hands over whole answers only.
    if (!response.headers.get("Content-Type")?.startsWith("text/event-stream") || !response.body)
      throw new HalyardError("UNREACHABLE", "The answer is no stream of events.");
    signal.throwIfAborted();
    on.opened();
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    const parse = createEventParser();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      for (const event of parse(decoder.decode(chunk.value, { stream: true }))) {
        signal.throwIfAborted();
        const data = readJson(event.data);
        if (event.name === "close") throw farewell(data);
        if (event.name === "message") on.data(data);
      }
    }
    throw new HalyardError("UNREACHABLE", "The server ended the stream of events.");
  }

  return {
    subscribe(next) {
      request.abort();
      request = start(next);
    },
    // There is no way up.
    confirm: () => {},
    close: () => request.abort(),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HalyardError("INVALID_MESSAGE", "The server sent malformed JSON; it was not applied.", { cause });
  }
}

function farewell(data: unknown): HalyardError {
  const code = isRecord(data) ? Number(data["code"]) : 0;
  return failureOf(code === 4401 || code === 4403 ? 401 : code, `The server ended the stream of events with ${code}.`);
}
