export const CORS = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After" };

/** Of a stream, in the flat form that `writeHead` takes without looking at it. */
export const HEADERS: string[] = [
  ...Object.entries(CORS).flat(),
  "Content-Type",
  "text/event-stream",
  "Cache-Control",
  "no-store",
  "X-Accel-Buffering",
  "no",
  "Connection",
  "keep-alive",
];
