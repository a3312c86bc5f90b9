import type { Logger } from "pino";

/** Logs the first failure of something that is tried again and again, and its recovery. */
export interface Outage {
  readonly failed: (error: unknown) => void;
  readonly recovered: () => void;
  readonly isOut: () => boolean;
}

export function createOutage(log: Logger, what: { readonly failed: string; readonly recovered: string }): Outage {
  let isOut = false;
  return {
    failed(error) {
      if (!isOut) log.warn({ err: error }, what.failed);
      isOut = true;
    },
    recovered() {
      if (isOut) log.info(what.recovered);
      isOut = false;
    },
    isOut: () => isOut,
  };
}
