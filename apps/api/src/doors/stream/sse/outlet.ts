import type { ServerResponse } from "node:http";
import type { SseClose } from "@halyard/contracts";
import type { KeyHolder, StreamCounts } from "../../../features/delivery/index.ts";
import type { Outlet, Subscription } from "../outlet.ts";
import type { Prepared } from "../prepared.ts";
import { HEADERS } from "./headers.ts";

/** Bytes that may wait for a reader; while more do, nothing is sent to it that a newer state can replace. */
const SOFT_LIMIT = 256 * 1024;
/** A reader that takes nothing for so long, or needs longer for one snapshot, is to connect anew. */
const STUCK_SECONDS = 10;
const SLOW_SECONDS = 30;
/** A browser comes again after as many milliseconds, or up to this many more: not all in one moment. */
const RETRY_MS = 1_000;
const RETRY_SPREAD_MS = 4_000;

export interface ResponseOutletOptions {
  readonly response: ServerResponse;
  readonly holder: KeyHolder;
  readonly counts: StreamCounts;
  /** Refuses, while nothing was sent yet. */
  readonly onFail: (error: unknown) => void;
}

/** One subscription's way to the response that carries it. The head goes out with the first event, so that a refusal has its status. */
export class ResponseOutlet implements Outlet {
  readonly #options: ResponseOutletOptions;
  #unsentBytes = 0;
  #busySeconds = 0;
  #stuckSeconds = 0;
  subscription: Subscription | undefined;

  constructor(options: ResponseOutletOptions) {
    this.#options = options;
  }

  get holder(): KeyHolder {
    return this.#options.holder;
  }

  get isBusy(): boolean {
    return this.#options.response.writableLength > SOFT_LIMIT;
  }

  send(event: Prepared, mark?: string): void {
    const { response, counts } = this.#options;
    if (response.writableEnded || response.destroyed) return;
    this.#begin();
    const bytes = bytesOf(event, mark);
    counts.total.events++;
    counts.total.bytes += bytes.length;
    response.write(bytes);
  }

  fail(error: unknown): void {
    const { response, onFail } = this.#options;
    // It comes again, and resumes.
    if (response.headersSent) response.end();
    else onFail(error);
  }

  /** The last event, with the reason. */
  close(code: SseClose["code"]): void {
    const { response } = this.#options;
    this.#begin();
    response.end(`event: close\ndata: ${JSON.stringify({ code } satisfies SseClose)}\n\n`);
  }

  /** Once a second: lets go of a reader that does not read. */
  watch(): void {
    const { response, counts } = this.#options;
    const unsent = response.writableLength;
    counts.open.unsentBytes += unsent - this.#unsentBytes;
    this.#stuckSeconds = this.isBusy && unsent >= this.#unsentBytes ? this.#stuckSeconds + 1 : 0;
    this.#busySeconds = this.isBusy ? this.#busySeconds + 1 : 0;
    this.#unsentBytes = unsent;
    if (this.#stuckSeconds <= STUCK_SECONDS && this.#busySeconds <= SLOW_SECONDS) return;
    counts.closed.slow++;
    response.destroy();
  }

  /** The response is over. */
  stop(): void {
    this.#options.counts.open.unsentBytes -= this.#unsentBytes;
    this.#unsentBytes = 0;
    this.subscription?.stop();
  }

  #begin(): void {
    const { response } = this.#options;
    if (response.headersSent) return;
    response.writeHead(200, HEADERS);
    response.write(`retry: ${Math.round(RETRY_MS + Math.random() * RETRY_SPREAD_MS)}\n\n`);
  }
}

/** Of events that are the same for all who hear them. */
const shared = new WeakMap<Prepared, Buffer>();

function bytesOf(event: Prepared, mark: string | undefined): Buffer {
  if (mark !== undefined) return Buffer.from(`id: ${event.eventFor(mark).position}\ndata: ${event.jsonFor(mark)}\n\n`);
  const known = shared.get(event);
  if (known) return known;
  const made = Buffer.from(`id: ${event.eventFor(undefined).position}\ndata: ${event.json}\n\n`);
  shared.set(event, made);
  return made;
}
