import { TRPCError } from "@trpc/server";
import { environmentInput, flagsInput, type ReadEnvironmentInput, type ReadFlagsInput } from "./input.ts";
import { errorFrame, isRecord, type Request, readMessage, resultFrame } from "./messages.ts";
import type { Subscription } from "./outlet.ts";
import type { StreamSocket } from "./socket.ts";
import { SocketOutlet } from "./socket-outlet.ts";
import { MAX_BATCH, type Stock, type StockOptions } from "./stock.ts";
import type { Transfers } from "./transfers.ts";
import { hubOf, MOST_SUBSCRIPTIONS, type StreamContext, toStreamError } from "./trpc.ts";

export interface ConnectionServices {
  readonly transfers: Transfers;
  /** Rejects with a TRPCError. */
  readonly authenticate: (key: string, socket: StreamSocket) => Promise<StreamContext>;
  readonly attachStock: (options: StockOptions) => Stock;
}

/** A subscription of this connection, from its request to its end. */
interface Own {
  readonly outlet: SocketOutlet;
  subscription: Subscription | undefined;
}

/**
 * Speaks tRPC's protocol on one socket: subscriptions are answered from bytes that are prepared once for all, and whatever else
 * comes is left to tRPC's own handler. What it sends is, byte for byte, what that handler would send.
 */
export class Connection {
  readonly #socket: StreamSocket;
  readonly #services: ConnectionServices;
  readonly #own = new Map<string, Own>();
  #context: Promise<StreamContext> | undefined;
  #stock: Stock | undefined;

  /** The request's key, in case no other comes in the first message, where the client says that one will. */
  readonly #key: string;

  constructor(socket: StreamSocket, how: { readonly key: string; readonly isWaiting: boolean }, services: ConnectionServices) {
    this.#socket = socket;
    this.#services = services;
    this.#key = how.key;
    if (!how.isWaiting) this.#authenticate(services.authenticate(how.key, socket));
  }

  read(data: Buffer, isBinary: boolean): void {
    const text = isBinary ? undefined : data.toString();
    if (text === "PONG") return;
    if (text === "PING") this.#socket.send("PONG");
    else if (!this.#context) this.#readParams(text);
    else if (text === undefined || !this.#readText(text)) this.#leaveToStock(data, isBinary);
  }

  close(): void {
    for (const id of [...this.#own.keys()]) this.#end(id);
    this.#stock?.close();
  }

  #readParams(text: string | undefined): void {
    const message = text === undefined ? undefined : parse(text);
    const params = isRecord(message) ? (message["data"] ?? {}) : undefined;
    const key = isRecord(params) ? (params["key"] ?? this.#key) : undefined;
    const malformed = new TRPCError({ code: "PARSE_ERROR", message: "Malformed TRPCConnectionParamsMessage" });
    this.#authenticate(typeof key === "string" ? this.#services.authenticate(key, this.#socket) : Promise.reject(malformed));
  }

  #authenticate(context: Promise<StreamContext>): void {
    this.#context = context;
    // tRPC's handler tells the client, and closes.
    context.catch(() => this.#reach());
  }

  /** @returns false where it is no message of the protocol */
  #readText(text: string): boolean {
    const message = parse(text);
    if (!Array.isArray(message)) return this.#handle(message);
    if (message.length > MAX_BATCH) return false;
    const others = message.filter((it) => !this.#handle(it));
    if (others.length > 0 || message.length === 0) this.#leaveToStock(Buffer.from(JSON.stringify(others)), false);
    return true;
  }

  #handle(raw: unknown): boolean {
    const message = readMessage(raw);
    if (!message) return false;
    if ("subscribe" in message) {
      void this.#subscribe(message.subscribe, raw);
      return true;
    }
    const stopped = this.#end(message.stop);
    if (!stopped) return false;
    this.#socket.push(resultFrame(stopped.outlet.head, "stopped"));
    return true;
  }

  async #subscribe(request: Request, raw: unknown): Promise<void> {
    const { id, head } = request;
    if (this.#own.has(id)) {
      const error = new TRPCError({ message: `Duplicate id ${id}`, code: "BAD_REQUEST" });
      this.#socket.push(errorFrame(error, request));
      return;
    }
    const outlet = new SocketOutlet({
      socket: this.#socket,
      head,
      transfers: this.#services.transfers,
      onFail: (error) => this.#fail(request, error),
    });
    const own: Own = { outlet, subscription: undefined };
    this.#own.set(id, own);
    const ctx = await this.#context?.catch(() => undefined);
    if (!this.#isMine(own)) return;
    const accepted = ctx && accept(request, ctx);
    if (!ctx || !accepted) {
      this.#own.delete(id);
      // It has the words for what is wrong.
      this.#leaveToStock(Buffer.from(JSON.stringify(raw)), false);
      return;
    }
    ctx.open.count++;
    outlet.begin(ctx, accepted.parts ?? false);
    try {
      const hub = await hubOf(ctx);
      if (!this.#isMine(own)) return;
      own.subscription =
        "environment" in accepted
          ? ctx.topics.environment(hub).subscribe(accepted.environment, outlet)
          : ctx.topics.flags(hub).subscribe({ ctx, hub, input: accepted.flags }, outlet);
    } catch (error) {
      outlet.fail(error);
    }
  }

  /** False once it was stopped. */
  #isMine(own: Own): boolean {
    return !own.outlet.isOver;
  }

  #fail(request: Request, error: unknown): void {
    const own = this.#end(request.id);
    if (!own) return;
    this.#socket.push(errorFrame(toStreamError(error), request));
    this.#socket.push(resultFrame(request.head, "stopped"));
  }

  #end(id: string): Own | undefined {
    const own = this.#own.get(id);
    if (!own) return undefined;
    this.#own.delete(id);
    own.outlet.end();
    own.subscription?.stop();
    return own;
  }

  #leaveToStock(data: Buffer, isBinary: boolean): void {
    this.#reach()?.read(data, isBinary);
  }

  #reach(): Stock | undefined {
    if (this.#context && !this.#stock && this.#socket.readyState === this.#socket.OPEN) {
      this.#stock = this.#services.attachStock({ socket: this.#socket, context: this.#context });
    }
    return this.#stock;
  }
}

type Accepted = { readonly parts: boolean | undefined } & (
  | { readonly environment: ReadEnvironmentInput }
  | { readonly flags: ReadFlagsInput }
);

/** @returns undefined where it is not to be, for whatever reason */
function accept({ path, input }: Request, { holder, open }: StreamContext): Accepted | undefined {
  if (open.count >= MOST_SUBSCRIPTIONS) return undefined;
  if (path === "flags") {
    const { data } = flagsInput.safeParse(input);
    return data && { flags: data, parts: data.parts };
  }
  const { data } = environmentInput.safeParse(input);
  return data && holder.kind === "server" ? { environment: data, parts: data.parts } : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Undefined is no message of the protocol either.
    return undefined;
  }
}
