import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Flag } from "@halyard/evaluator";
import type { EnvironmentState } from "../../features/delivery/index.ts";
import { buildDocument } from "./document.ts";
import { everyonesFlags } from "./everyones.ts";
import { defaultText, type Shape, shapeFor } from "./flag-object.ts";
import { COMMON, seconds } from "./headers.ts";

type Kind = "client" | "server";
const compress = promisify(gzip);

/** Bytes that are sent as they are. */
export interface Prepared {
  readonly body: Buffer;
  readonly tag: string;
  /** In the flat form that `writeHead` takes without looking at it. */
  readonly headers: string[];
  readonly unchangedHeaders: string[];
}

/** What one environment answers at one version, made when it is first asked for. */
export interface View {
  readonly state: EnvironmentState;
  readonly environmentId: number;
  readonly updatedAt: string;
  readonly shapes: Readonly<Record<Kind, Shape>>;
  /** For answers about one identity; the length is still missing. */
  readonly identityHeaders: readonly string[];
  readonly flags: Record<Kind, Prepared | undefined>;
  readonly document: Record<Encoding, { making: Promise<Prepared> | undefined; made: Prepared | undefined }>;
}

/** How a document travels. */
export type Encoding = "plain" | "gzip";

const views = new WeakMap<EnvironmentState, View>();

export function viewOf(state: EnvironmentState): View {
  const made = views.get(state);
  if (made) return made;
  const { environment } = state.compiled.snapshot;
  const updatedAt = seconds(state.updatedAt);
  const view: View = {
    state,
    environmentId: environment.id,
    updatedAt,
    shapes: { client: shapeFor("client", environment), server: shapeFor("server", environment) },
    identityHeaders: [...headersOf(updatedAt), "Content-Type", "application/json"],
    flags: { client: undefined, server: undefined },
    document: { plain: { making: undefined, made: undefined }, gzip: { making: undefined, made: undefined } },
  };
  views.set(state, view);
  return view;
}

/** Whether a key of this kind may know of the flag at all. */
export const mayKnow = (kind: Kind, flag: Flag): boolean => kind === "server" || !flag.serverOnly;

/** The answer to everybody who names no identity. */
export function preparedFlags(view: View, kind: Kind): Prepared {
  const made = view.flags[kind];
  if (made) return made;
  const { snapshot } = view.state.compiled;
  const { environment } = snapshot;
  const texts = everyonesFlags(snapshot)
    .filter(({ flag, enabled }) => mayKnow(kind, flag) && (enabled || !environment.hideDisabledFlags))
    .map((it) => defaultText(view.shapes[kind], view.environmentId, it));
  const body = Buffer.from(`[${texts.join(",")}]`);
  // By content: a version that changed none of these flags is a 304 for who has them, with the newer time.
  const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const unchangedHeaders = [...headersOf(view.updatedAt), "ETag", tag];
  const headers = [...unchangedHeaders, "Content-Type", "application/json", "Content-Length", String(body.length)];
  return (view.flags[kind] = { body, tag, headers, unchangedHeaders });
}

/** Built once per version, however many ask at the same time. */
export function documentOf(view: View, encoding: Encoding): Promise<Prepared> {
  const slot = view.document[encoding];
  slot.making ??= makeDocument(view, encoding).then(
    (made) => (slot.made = made),
    (error: unknown) => {
      slot.making = undefined;
      throw error;
    },
  );
  return slot.making;
}

async function makeDocument(view: View, encoding: Encoding): Promise<Prepared> {
  const body = encoding === "plain" ? await buildDocument(view.state) : await compress((await documentOf(view, "plain")).body);
  const tag = documentTag(view);
  const headers = [...documentHeaders(view), "Content-Type", "application/json", "Content-Length", String(body.length)];
  if (encoding === "gzip") headers.push("Content-Encoding", "gzip");
  return { body, tag, headers, unchangedHeaders: documentHeaders(view) };
}

/** What a document's answer says in any case. */
export function documentHeaders(view: View): string[] {
  const headers = [...headersOf(view.updatedAt), "ETag", documentTag(view)];
  headers.push("Last-Modified", view.state.updatedAt.toUTCString(), "Vary", "Accept-Encoding");
  return headers;
}

export const documentTag = ({ state }: View): string => `W/"${state.position}"`;

export function headersOf(updatedAt: string): string[] {
  return [...COMMON, "X-Flagsmith-Document-Updated-At", updatedAt];
}
