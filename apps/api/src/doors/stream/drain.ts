import { CLOSE } from "@halyard/contracts";
import type { StreamSocket } from "./socket.ts";

const RECONNECT = Buffer.from('{"id":null,"method":"reconnect"}');
const STEP_MS = 100;
/** Notices go out in this part of the time, so that the last ones have some left to move. */
const NOTICE_PART = 0.7;
const CLOSED_PER_STEP = 200;
const RESTART_GRACE_MS = 1_000;

/** Asks connections in random order, a few at a time, to connect elsewhere; resolves when none is left, or after `ms`. */
export async function moveAll(sockets: ReadonlySet<StreamSocket>, ms: number): Promise<void> {
  const order = shuffle([...sockets]);
  const steps = Math.max(1, Math.floor((ms * NOTICE_PART) / STEP_MS));
  const perStep = Math.ceil(order.length / steps);
  const until = performance.now() + ms;
  while (sockets.size > 0 && performance.now() < until) {
    for (const socket of order.splice(0, perStep)) if (socket.readyState === socket.OPEN) socket.push(RECONNECT);
    await sleep(STEP_MS);
  }
}

/** Ends all connections, in slices: everybody who returns at once is a load that nobody needs. */
export async function closeAll(sockets: ReadonlySet<StreamSocket>): Promise<void> {
  const order = [...sockets];
  while (order.length > 0) {
    for (const socket of order.splice(0, CLOSED_PER_STEP)) socket.close(CLOSE.restart);
    if (order.length > 0) await sleep(STEP_MS);
  }
  for (const until = performance.now() + RESTART_GRACE_MS; sockets.size > 0 && performance.now() < until; ) await sleep(10);
  for (const socket of sockets) socket.terminate();
}

function shuffle<T>(items: T[]): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    const [a, b] = [items[last], items[other]];
    if (a !== undefined && b !== undefined) [items[last], items[other]] = [b, a];
  }
  return items;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
