import type { Logger } from "pino";
import type { Beating, Late } from "./topic.ts";

const LOOK_MS = 100;

export function createLate(log: Logger): Late {
  const waiting = new Set<Beating>();
  const running = new Set<Beating>();
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    for (const item of waiting) if (!item.outlet.isBusy && !running.has(item)) void bringUpToDate(item);
    if (waiting.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  }

  async function bringUpToDate(item: Beating): Promise<void> {
    running.add(item);
    try {
      await item.catchUp();
    } catch (error) {
      log.debug({ err: error }, "a subscription could not be brought up to date yet");
    } finally {
      running.delete(item);
    }
  }

  return {
    add(item) {
      waiting.add(item);
      timer ??= setInterval(look, LOOK_MS).unref();
      setImmediate(look);
    },
    has: (item) => waiting.has(item),
    delete: (item) => void waiting.delete(item),
    stop: () => clearInterval(timer),
  };
}
