import type { IncomingHttpHeaders } from "node:http";
import { AppError } from "../errors.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * True where a browser says that the page which asks comes from here: from the base URL, or from the very host it is asking, so
 * that people can open Halyard by another name of the machine. Another site can send neither.
 */
export function isSameOrigin({ origin, host }: Pick<IncomingHttpHeaders, "origin" | "host">, baseUrl: string): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.origin === new URL(baseUrl).origin || (/^https?:$/.test(from.protocol) && from.host === host?.toLowerCase());
}

/**
 * Refuses writes that another site makes with a visitor's cookie. Browsers send `Origin` with every such request; without a cookie
 * nothing is done in anybody's name, and what is not a browser has no cookie it did not fetch itself.
 *
 * @throws AppError `forbidden`
 */
export function refuseForeignWrite(
  { method, headers }: { readonly method: string; readonly headers: IncomingHttpHeaders },
  baseUrl: string,
): void {
  if (SAFE.has(method) || headers.cookie === undefined) return;
  if (headers.origin === undefined && headers["sec-fetch-site"] === undefined) return;
  if (headers.origin === undefined ? headers["sec-fetch-site"] === "same-origin" : isSameOrigin(headers, baseUrl)) return;
  throw new AppError(
    "forbidden",
    `This comes from ${headers.origin ?? "another site"}, not from Halyard's own pages. Open ${baseUrl}, or set HALYARD_BASE_URL to the address people use.`,
  );
}
