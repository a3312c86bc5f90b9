import { CLOSE } from "@halyard/contracts";
import { WebSocket } from "ws";
import type { KeyHolder } from "../../features/delivery/index.ts";

/** Bytes that may wait for a reader; while more do, nothing is sent to it that a newer state can replace. */
const SOFT_LIMIT = 256 * 1024;
/** Bytes that may wait behind the largest frame; a snapshot may be larger than any such limit, and is not counted. */
const HARD_LIMIT = 1024 * 1024;
/** From this size on, a frame counts as the large one. */
const LARGE = 64 * 1024;
/** A closing handshake waits behind everything else, and a slow reader does not read it. */
const TERMINATE_MS = 2_000;
const TEXT = { binary: false, compress: false };

/** A connection of `/stream`, with what decides about its end. */
export class StreamSocket extends WebSocket {
  holder: KeyHolder | undefined;
  /** Gives the key's place back. */
  leaveKey: (() => void) | undefined;
  ageSeconds = 0;
  /** What waited for its reader when it was last looked at. */
  unsentBytes = 0;
  /** Seconds since the other side was last heard of. */
  quietSeconds = 0;
  /** Seconds in a row, as far as looked at, in which it took too little of what waits for it. */
  stuckSeconds = 0;
  /** Large snapshots that are under way or wait for their turn: until its reader has them, nothing new is sent. */
  transfers = 0;
  /** Used where tRPC's adapter closes without a code, as it does after a refusal. */
  closeCode: number | undefined;
  #large = 0;

  /** True while it is to be spared. */
  get isBusy(): boolean {
    return this.transfers > 0 || this.bufferedAmount > SOFT_LIMIT;
  }

  /** Sends prepared bytes of a text. */
  push(bytes: Buffer, onTaken?: () => void): void {
    super.send(bytes, TEXT, onTaken);
  }

  /** Sends what cannot be held back, such as the answer to a question. */
  override send(data: string): void {
    if (data.length > LARGE && this.#large === 0) {
      this.#large = data.length;
      super.send(data, () => {
        this.#large = 0;
      });
    } else super.send(data);
    if (this.bufferedAmount - this.#large > HARD_LIMIT) this.end(CLOSE.slow);
  }

  override close(code?: number, reason?: string | Buffer): void {
    super.close(code ?? this.closeCode, reason);
  }

  end(code: number): void {
    if (this.readyState !== WebSocket.OPEN) return;
    this.close(code);
    setTimeout(() => this.terminate(), TERMINATE_MS).unref();
  }
}
