/** On every answer. Keys come in a header, never in a cookie, so any page may ask. */
export const CORS = {
  "Access-Control-Allow-Origin": "*",
  // Without these a browser's client sees neither the tag it should send nor how long to wait.
  "Access-Control-Expose-Headers": "ETag, Retry-After, X-Halyard-Traits",
} as const;

/** In the flat form that `writeHead` takes without looking at it. */
export const COMMON: readonly string[] = [...Object.entries(CORS).flat(), "Cache-Control", "no-store"];

const ALLOWED = "Content-Type, If-None-Match, Authorization, X-API-Key, Last-Event-ID, traceparent, tracestate, baggage";

/** Answers a browser's question whether a page may send a request, with the headers it names beside all we know. */
export function preflight(requested: string | undefined): Record<string, string> {
  return {
    ...CORS,
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": requested && requested.length <= 1_000 ? `${ALLOWED}, ${requested}` : ALLOWED,
    "Access-Control-Max-Age": "7200",
    Vary: "Access-Control-Request-Headers",
  };
}
