import type { ErrorBody } from "@halyard/contracts";
import type { Role } from "@halyard/contracts/schemas";
import { slug } from "@halyard/contracts/schemas";
import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import type { Context } from "./context.ts";
import { AppError, toAppError } from "./errors.ts";
import { findEnvironment, findOrganisation, findProject } from "./scope.ts";

/** Where a procedure stands in REST: `POST /rest/v1/<path>`; `{name}` takes a field of the input. */
export interface RestRoute {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: `/${string}`;
  readonly summary: string;
  readonly tag: string;
  /** @default 200 */
  readonly status?: 200 | 201 | 204;
}

export interface Meta {
  readonly rest?: RestRoute;
}

const CODE = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  too_large: "PAYLOAD_TOO_LARGE",
  rate_limited: "TOO_MANY_REQUESTS",
  internal: "INTERNAL_SERVER_ERROR",
  unavailable: "SERVICE_UNAVAILABLE",
} as const;

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error }) => ({ ...shape, data: { ...shape.data, ...toErrorBody(error) } }),
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** What a caller is told of a failed procedure, over tRPC and REST alike. */
export function toErrorBody(error: TRPCError): ErrorBody {
  if (error.cause instanceof z.ZodError) {
    const fields = error.cause.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
    const [first] = fields;
    return {
      code: "invalid",
      message: first ? `${first.path === "" ? "The input" : `\`${first.path}\``}: ${first.message}` : "The input is wrong.",
      fields,
    };
  }
  if (error.cause instanceof AppError) {
    const { code, message, details } = error.cause;
    return {
      code,
      message,
      ...(details.fields && { fields: details.fields }),
      ...(details.current !== undefined && { current: details.current }),
    };
  }
  switch (error.code) {
    case "NOT_FOUND":
      return { code: "not_found", message: error.message };
    case "PAYLOAD_TOO_LARGE":
      return { code: "too_large", message: error.message };
    case "INTERNAL_SERVER_ERROR":
      return { code: "internal", message: "Something went wrong on our side; it was logged. Try again." };
    default:
      return { code: "invalid", message: error.message };
  }
}

/** What any error becomes on its way out. */
export function toTRPCError(error: unknown): TRPCError {
  if (error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR") return error;
  const known = toAppError(error instanceof TRPCError ? (error.cause ?? error) : error);
  return new TRPCError({ code: CODE[known.code], message: known.message, cause: known });
}

/** The only place where an error becomes a transport's. */
const mapErrors = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  const { error } = result;
  if (error.code !== "INTERNAL_SERVER_ERROR") return result;
  const known = toTRPCError(error);
  if (known.code === "INTERNAL_SERVER_ERROR" || known.code === "SERVICE_UNAVAILABLE") {
    ctx.log.error({ err: error, path }, "procedure failed");
  }
  throw known;
});

/** For everybody, signed in or not. Name in a comment why nothing is needed. */
export const publicProcedure = t.procedure.use(mapErrors);

/** For whoever is signed in. */
export const signedInProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.actor) throw new AppError("unauthenticated", "Sign in, or send `Authorization: Api-Key <key>`.");
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

/** For members of `input.organisation` who have at least `needs`; everybody else's organisation is *not found*. */
export const organisationProcedure = (needs: Role) =>
  signedInProcedure.input(z.object({ organisation: slug })).use(async ({ ctx, input, next }) => {
    const organisation = await findOrganisation(ctx.db, ctx.actor, input.organisation);
    if (needs === "administrator" && organisation.role !== "administrator") {
      throw new AppError(
        "forbidden",
        `This needs the role administrator in ${organisation.name}; ask one of its administrators.`,
      );
    }
    return next({ ctx: { ...ctx, organisation } });
  });

/** The same for `input.project` of it. */
export const projectProcedure = (needs: Role) =>
  organisationProcedure(needs)
    .input(z.object({ project: slug }))
    .use(async ({ ctx, input, next }) =>
      next({ ctx: { ...ctx, project: await findProject(ctx.db, ctx.organisation.id, input.project) } }),
    );

/** The same for `input.environment` of that. */
export const environmentProcedure = (needs: Role) =>
  projectProcedure(needs)
    .input(z.object({ environment: slug }))
    .use(async ({ ctx, input, next }) =>
      next({ ctx: { ...ctx, environment: await findEnvironment(ctx.db, ctx.project.id, input.environment) } }),
    );
