import { CLOSE } from "@halyard/contracts";
import { AppError, type Delivery } from "../../features/delivery/index.ts";
import type { StreamSocket } from "./socket.ts";

/** Whoever has not named a valid key by then is sent away. */
const AUTHENTICATE_SECONDS = 10;
/** After so long without a word the other side is asked for one, and given up for dead a while later. */
const PING_SECONDS = 20;
const DEAD_SECONDS = 32;
/** A reader may be slow for so long; then it is to connect anew. */
const STUCK_SECONDS = 10;

/** Looks at a connection once a second, and ends those that are to end. */
export function createWatch(delivery: Delivery): (socket: StreamSocket) => void {
  const { open, closed } = delivery.counts;

  function refuse(socket: StreamSocket): void {
    const { message, code } = new AppError(
      "unauthenticated",
      "This environment key was revoked or has expired, or none was sent.",
    );
    // The frame that makes a stock client wait before it comes again.
    socket.send(
      JSON.stringify({
        id: null,
        error: { message, code: -32001, data: { code: "UNAUTHORIZED", httpStatus: 401, reason: code } },
      }),
    );
    socket.end(CLOSE.unauthenticated);
  }

  return (socket) => {
    if (socket.readyState !== socket.OPEN) return;
    const { holder } = socket;
    socket.ageSeconds++;
    if (!holder && socket.ageSeconds > AUTHENTICATE_SECONDS) {
      closed.silent++;
      refuse(socket);
    } else if (holder && !delivery.isKeyInForce(holder)) {
      closed.unauthenticated++;
      refuse(socket);
    }
    const unsent = socket.bufferedAmount;
    open.unsentBytes += unsent - socket.unsentBytes;
    socket.unsentBytes = unsent;
    socket.stuckSeconds = socket.isBusy && socket.transfers === 0 ? socket.stuckSeconds + 1 : 0;
    if (socket.stuckSeconds > STUCK_SECONDS) {
      closed.slow++;
      socket.end(CLOSE.slow);
    }
    socket.quietSeconds++;
    if (socket.quietSeconds === PING_SECONDS) socket.ping();
    if (socket.quietSeconds > DEAD_SECONDS) socket.terminate();
  };
}
