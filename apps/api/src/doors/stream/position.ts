import { randomBytes } from "node:crypto";
import type { Position } from "@halyard/contracts";

/**
 * The same position under an epoch that nothing else has. Sent once, before the true one, to a client whose history is lost:
 * inside one epoch it would rightly refuse to go back to a lower version.
 */
export const detach = (position: Position): Position => position.replace(":", `~${randomBytes(4).toString("hex")}:`);
