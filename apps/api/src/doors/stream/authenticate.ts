import { CLOSE } from "@halyard/contracts";
import { AppError, toAppError } from "../../features/delivery/index.ts";
import type { Admission } from "./admission.ts";
import type { StreamSocket } from "./socket.ts";
import { type StreamContext, type StreamServices, toTrpcError } from "./trpc.ts";

/** Try again later: there is no room, or the key cannot be checked now. */
const TRY_LATER = 1013;

/** Finds out whose connection it is. The promise rejects with a TRPCError, and the socket knows with which code to close. */
export function createAuthenticate({ delivery, log, topics }: StreamServices, admission: Admission) {
  return async (key: string, socket: StreamSocket): Promise<StreamContext> => {
    try {
      const holder = await delivery.resolveKey(key);
      if (socket.readyState === socket.OPEN) {
        socket.leaveKey = admission.enterKey(holder.keyId);
        if (!socket.leaveKey) {
          throw new AppError(
            "rate_limited",
            "This environment key has too many connections here. Close some, or try again later.",
          );
        }
      }
      socket.holder = holder;
      return { delivery, log, topics, holder, mayStore: true, open: { count: 0 } };
    } catch (error) {
      const known = toAppError(error);
      socket.closeCode = known.code === "unauthenticated" ? CLOSE.unauthenticated : TRY_LATER;
      throw toTrpcError(known);
    }
  };
}
