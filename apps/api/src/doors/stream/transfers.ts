import { CLOSE } from "@halyard/contracts";
import type { StreamCounts } from "../../features/delivery/index.ts";
import type { StreamSocket } from "./socket.ts";

/** Sends large snapshots, a few at a time; the others wait for their turn. */
export interface Transfers {
  start(transfer: Transfer): void;
}

export interface Transfer {
  readonly socket: StreamSocket;
  /** Pieces in order. */
  readonly pieces: Iterator<Buffer, unknown>;
  /** False once its subscription was stopped. */
  readonly isWanted: () => boolean;
  readonly onEnd: () => void;
}

export interface TransferLimits {
  readonly mostAtOnce: number;
  /** Whoever has not taken a snapshot by then is sent away. */
  readonly deadlineMs: number;
}

export function createTransfers({ mostAtOnce, deadlineMs }: TransferLimits, { open, closed }: StreamCounts): Transfers {
  const waiting: Transfer[] = [];

  function next(): void {
    while (open.transfers < mostAtOnce) {
      const transfer = waiting.shift();
      open.waitingTransfers = waiting.length;
      if (!transfer) return;
      if (transfer.isWanted()) run(transfer);
      else finish(transfer);
    }
  }

  function finish({ socket, onEnd }: Transfer): void {
    socket.transfers--;
    onEnd();
  }

  function run(transfer: Transfer): void {
    const { socket, pieces, isWanted } = transfer;
    open.transfers++;
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      clearTimeout(deadline);
      socket.off("close", end);
      open.transfers--;
      finish(transfer);
      next();
    };
    const deadline = setTimeout(() => {
      closed.slow++;
      socket.end(CLOSE.slow);
      end();
    }, deadlineMs).unref();
    socket.on("close", end);
    // The next piece only once the kernel has the one before.
    const step = () => {
      if (isOver) return;
      const piece = isWanted() ? pieces.next() : undefined;
      if (!piece || piece.done) end();
      else socket.push(piece.value, step);
    };
    step();
  }

  return {
    start(transfer) {
      transfer.socket.transfers++;
      waiting.push(transfer);
      open.waitingTransfers = waiting.length;
      next();
    },
  };
}
