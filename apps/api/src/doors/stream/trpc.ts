import type { ErrorCode } from "@halyard/contracts";
import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import { AppError, type Hub, toAppError } from "../../features/delivery/index.ts";
import type { Asker } from "./asker.ts";
import type { Topics } from "./topics.ts";

export type StreamServices = Pick<StreamContext, "delivery" | "log" | "topics">;

/** One connection, or one HTTP request. */
export interface StreamContext extends Asker {
  readonly topics: Topics;
  /** Subscriptions open on this connection. */
  readonly open: { count: number };
}

export const MOST_SUBSCRIPTIONS = 100;

const CODE = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  gone: "PRECONDITION_FAILED",
  too_large: "PAYLOAD_TOO_LARGE",
  rate_limited: "TOO_MANY_REQUESTS",
  internal: "INTERNAL_SERVER_ERROR",
  unavailable: "SERVICE_UNAVAILABLE",
} as const satisfies Record<ErrorCode, TRPCError["code"]>;

export const toTrpcError = (error: AppError): TRPCError =>
  new TRPCError({ code: CODE[error.code], message: error.message, cause: error });

const t = initTRPC.context<StreamContext>().create({
  isDev: false,
  // Subscriptions run over WebSocket only: there slow readers and revoked keys are cut.
  sse: { enabled: false },
  errorFormatter: ({ shape, error }) => {
    const { message, ...data } = bodyOf(error);
    return { ...shape, message, data: { ...shape.data, ...data } };
  },
});

export const router = t.router;

/** Names the field and the remedy. */
function bodyOf({ cause, code, message }: TRPCError) {
  if (cause instanceof z.ZodError) {
    const fields = cause.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
    const sentence = fields.map((it) => `${it.path === "" ? "The input" : `\`${it.path}\``}: ${it.message}`).join(" ");
    return { message: sentence, fields };
  }
  const isOurs = cause instanceof AppError || code !== "INTERNAL_SERVER_ERROR";
  return { message: isOurs ? message : "Something went wrong on our side; it was logged. Try again." };
}

const mapErrors = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok || result.error.code !== "INTERNAL_SERVER_ERROR") return result;
  const known = toAppError(result.error.cause ?? result.error);
  if (known.code === "internal") ctx.log.error({ err: result.error, path }, "stream procedure failed");
  throw toTrpcError(known);
});

/** For every environment key. */
export const anyKeyProcedure = t.procedure.use(mapErrors);

/** What holds rules and other people's targets is for servers. */
export const serverKeyProcedure = anyKeyProcedure.use(({ ctx, next }) => {
  if (ctx.holder.kind !== "server") {
    throw new AppError("forbidden", "A client-side key may subscribe to `flags` only; use a server key for `environment`.");
  }
  return next();
});

export const hubOf = ({ delivery, holder }: Asker): Promise<Hub> => delivery.environment(holder.environmentId);

/** What tRPC tells of anything that was thrown. */
export const toStreamError = (error: unknown): TRPCError => (error instanceof TRPCError ? error : toTrpcError(toAppError(error)));

/** Counts a subscription while it runs. @throws AppError `rate_limited` */
export async function* counted<T>({ open }: StreamContext, events: AsyncIterable<T>): AsyncGenerator<T, void> {
  if (open.count >= MOST_SUBSCRIPTIONS) {
    throw toTrpcError(
      new AppError(
        "rate_limited",
        `A connection has at most ${MOST_SUBSCRIPTIONS} subscriptions; stop one first, or open another.`,
      ),
    );
  }
  open.count++;
  try {
    yield* events;
  } finally {
    open.count--;
  }
}
