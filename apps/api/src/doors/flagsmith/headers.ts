/** The contract that is spoken, not the product's own version: clients compare it with what they know of Flagsmith. */
export const SPOKEN_VERSION = "2.265.0";

const EXPOSED = "X-Flagsmith-Document-Updated-At, Flagsmith-Version, ETag, Last-Modified, Link, Retry-After, X-Halyard-Traits";
const ALLOWED = [
  "Accept",
  "Content-Type",
  "If-Modified-Since",
  "If-None-Match",
  "X-Environment-Key",
  "X-E2E-Test-Auth-Token",
  "sentry-trace",
  "traceparent",
  "tracestate",
  "baggage",
  "Flagsmith-Application-Name",
  "Flagsmith-Application-Version",
  "Flagsmith-SDK-User-Agent",
  "User-Agent",
].join(", ");

/** On every answer. Keys come in a header, never in a cookie, so any page may ask. */
export const CORS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": EXPOSED,
  "Flagsmith-Version": SPOKEN_VERSION,
} as const;

/** On every answer that depends on the key. `no-cache`: browsers keep it, but ask before they use it. */
export const COMMON: readonly string[] = [
  ...Object.entries(CORS).flat(),
  "Cache-Control",
  "no-cache",
  "Vary",
  "X-Environment-Key",
];

/** Answers a browser's question whether a page may send a request, with the headers it names or else all we know. */
export function preflight(requested: string | undefined): Record<string, string> {
  return {
    ...CORS,
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, OPTIONS",
    "Access-Control-Allow-Headers": requested && requested.length <= 1_000 ? `${ALLOWED}, ${requested}` : ALLOWED,
    "Access-Control-Max-Age": "7200",
    Vary: "Access-Control-Request-Headers",
  };
}

/** Unix seconds with milliseconds; the same text in headers and events, as clients compare them. */
export function seconds(instant: Date): string {
  return (instant.getTime() / 1_000).toFixed(3);
}

/** `If-Modified-Since` counts only where no tag was asked for, and whole seconds suffice: each version has its own. */
export function isUnchangedSince(asked: string | undefined, changed: Date): boolean {
  if (asked === undefined) return false;
  const since = Date.parse(asked);
  return Number.isFinite(since) && Math.floor(changed.getTime() / 1_000) * 1_000 <= since;
}

export function takesGzip(accepted: string | string[] | undefined): boolean {
  return typeof accepted === "string" && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s*(?:,|$)))/i.test(accepted);
}
