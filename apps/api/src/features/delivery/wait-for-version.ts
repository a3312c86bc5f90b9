import type { Hub } from "./delivery.ts";

/**
 * Waits until this node has a version that another one announced: it looks into the log at once, and hears of what comes later.
 *
 * @returns whether it has it; false after `timeoutMs`
 */
export async function waitForVersion(hub: Hub, version: number, timeoutMs: number): Promise<boolean> {
  const isHere = () => hub.current().version >= version;
  if (isHere()) return true;
  let stop = (): unknown => undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve) => {
      // First listen, then look: what happens in between is heard.
      stop = hub.subscribe(() => isHere() && resolve());
      timer = setTimeout(resolve, timeoutMs);
      const { epoch } = hub.current();
      void hub.locate(`${epoch}:${version}:`).then(() => isHere() && resolve());
    });
  } finally {
    stop();
    clearTimeout(timer);
  }
  return isHere();
}
