import { type DestinationStream, type Logger, pino } from "pino";

const DEEPEST_CAUSE = 5;
/** Drizzle writes a failed statement's parameters into its message: session tokens, addresses, values of flags. */
const PARAMETERS = /\nparams: [^]*?(?=\n\s+at |$)/g;

/** The process's log: JSON lines, in which an error is told with its causes and without anybody's data. */
export const createLog = (level: string, destination?: DestinationStream): Logger =>
  pino({ level, serializers: { err: (error: unknown) => describeError(error) } }, destination ?? pino.destination(1));

interface Described {
  readonly type: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: unknown;
  readonly cause?: Described | undefined;
}

function describeError(error: unknown, depth = 0): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  return {
    type: error.name,
    message: error.message.replace(PARAMETERS, ""),
    stack: error.stack?.replace(PARAMETERS, ""),
    code: "code" in error ? error.code : undefined,
    cause: error.cause === undefined || depth === DEEPEST_CAUSE ? undefined : describeError(error.cause, depth + 1),
  };
}
