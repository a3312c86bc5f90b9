import { CLOSE } from "@halyard/contracts";
import { WebSocket } from "ws";
import type { KeyHolder } from "../../features/delivery/index.ts";

/** Bytes that may wait behind the largest frame; a snapshot may be larger than any such limit, and is not counted. */
const MAX_BEHIND = 1024 * 1024;
const LARGE = 64 * 1024;
/** A closing handshake waits behind everything else, and a slow reader does not read it. */
const TERMINATE_MS = 2_000;

/** A connection of `/stream`, with what decides about its end. */
export class StreamSocket extends WebSocket {
  readonly openedAt = Date.now();
  holder: KeyHolder | undefined;
  /** Used where tRPC's adapter closes without a code. */
  closeCode: number | undefined;
  #large = 0;

  override send(data: string): void {
    if (data.length > LARGE && this.#large === 0) {
      this.#large = data.length;
      super.send(data, () => {
        this.#large = 0;
      });
    } else super.send(data);
    if (this.bufferedAmount - this.#large > MAX_BEHIND) this.end(CLOSE.slow);
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
