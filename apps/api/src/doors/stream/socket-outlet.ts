import type { StreamCounts } from "../../features/delivery/index.ts";
import { resultFrame } from "./messages.ts";
import type { Outlet } from "./outlet.ts";
import type { Prepared } from "./prepared.ts";
import type { StreamSocket } from "./socket.ts";
import type { Transfers } from "./transfers.ts";
import type { StreamContext } from "./trpc.ts";

interface SocketOutletOptions {
  readonly socket: StreamSocket;
  /** How answers begin: `{"id":1,` */
  readonly head: string;
  readonly transfers: Transfers;
  readonly onFail: (error: unknown) => void;
}

interface Waiting {
  readonly event: Prepared;
  readonly mark: string | undefined;
}

/** One subscription's way to its socket. */
export class SocketOutlet implements Outlet {
  readonly #options: SocketOutletOptions;
  #context: StreamContext | undefined;
  #takesParts = false;
  /** Behind a large event, in order. Only the first events of a subscription can be more than one. */
  #behind: Waiting[] | undefined;
  isOver = false;

  constructor(options: SocketOutletOptions) {
    this.#options = options;
  }

  get head(): string {
    return this.#options.head;
  }

  get isBusy(): boolean {
    return this.#options.socket.isBusy;
  }

  begin(context: StreamContext, takesParts: boolean): void {
    this.#context = context;
    this.#takesParts = takesParts;
    this.#options.socket.push(resultFrame(this.head, "started"));
  }

  send(event: Prepared, mark?: string): void {
    if (this.isOver) return;
    const { socket, head } = this.#options;
    if (this.#behind) this.#behind.push({ event, mark });
    else if (event.isLarge) this.#transfer(event, mark);
    else {
      const bytes = event.frame(head, mark);
      count(this.#context?.delivery.counts, bytes.length);
      socket.push(bytes);
    }
  }

  fail(error: unknown): void {
    if (!this.isOver) this.#options.onFail(error);
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    if (this.#context) this.#context.open.count--;
  }

  #transfer(event: Prepared, mark: string | undefined): void {
    const { socket, head, transfers } = this.#options;
    this.#behind = [];
    transfers.start({
      socket,
      pieces: this.#takesParts ? event.parts(head, mark) : [event.frame(head, mark)].values(),
      isWanted: () => !this.isOver,
      onEnd: () => {
        const behind = this.#behind ?? [];
        this.#behind = undefined;
        for (const it of behind) this.send(it.event, it.mark);
      },
    });
  }
}

function count(counts: StreamCounts | undefined, bytes: number): void {
  if (!counts) return;
  counts.total.events++;
  counts.total.bytes += bytes;
}
