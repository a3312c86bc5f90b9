import { AppError, isDatabaseAway, toAppError } from "../../errors.ts";

/** After the database did not answer, it is not asked again for this long. */
const CLOSED_MS = 1_000;
const TIMEOUT_MS = 3_000;
/** A whole environment may be tens of megabytes. */
export const LOAD_TIMEOUT_MS = 60_000;

/** Runs reads of the database; while it is away they fail at once, rather than each waiting for it. */
export type Gate = <T>(read: () => Promise<T>, timeoutMs?: number) => Promise<T>;

/** Its reads throw AppError `unavailable` where the database is away or too slow. */
export function createGate(now: () => number): Gate {
  let closedUntil = 0;
  let lastError: unknown;
  return async (read, timeoutMs = TIMEOUT_MS) => {
    if (now() < closedUntil) throw away(lastError);
    try {
      return await within(timeoutMs, read());
    } catch (error) {
      if (!isAway(error)) throw error;
      closedUntil = now() + CLOSED_MS;
      lastError = error;
      throw away(error);
    }
  };
}

const isAway = (error: unknown): boolean => isDatabaseAway(error) || (error instanceof AppError && error.code === "unavailable");

const away = (cause: unknown): AppError =>
  cause instanceof AppError
    ? cause
    : isDatabaseAway(cause)
      ? toAppError(cause)
      : new AppError("unavailable", "The database does not answer. Try again in a few seconds.", { cause });

/** The work itself goes on; only the waiting ends. @throws AppError `unavailable` after `ms` */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError("unavailable", `The database did not answer within ${ms} ms. Try again in a few seconds.`)),
      ms,
    );
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
    // Whoever waited was told of the time; what becomes of the work afterwards concerns nobody.
    work.catch(() => undefined);
  }
}
