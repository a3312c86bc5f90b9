import { ERROR_STATUS, type ErrorBody } from "@halyard/contracts";
import type { Level, Permission, PermissionFor } from "@halyard/contracts/permissions";
import { flagKey, slug } from "@halyard/contracts/schemas";
import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import { type Actor, actorRef } from "./actor.ts";
import type { Context } from "./context.ts";
import { AppError, toAppError } from "./errors.ts";
import { addressKey } from "./limits/index.ts";
import { demand, siteOf } from "./permissions/demand.ts";
import { findOrganisation, findVisibleEnvironment, findVisibleProject, type Organisation } from "./scope.ts";

/** Where a procedure stands in REST: `POST /rest/v1/<path>`; `{name}` takes a field of the input. */
export interface RestRoute {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: `/${string}`;
  readonly summary: string;
  readonly tag: string;
  /** @default 200 */
  readonly status?: 200 | 201 | 204;
}

/** What a procedure needs of its caller. */
export type Access =
  | { readonly level: Level | "somewhere"; readonly needs: readonly Permission[] }
  | { readonly level: "signed-in" | "public"; readonly why: string };

export interface Meta {
  readonly rest?: RestRoute;
  /** Set by the procedures below, none of which can be had without it. */
  readonly access?: Access;
}

const CODE = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  // tRPC has no word for 410; `httpStatus` says it.
  gone: "PRECONDITION_FAILED",
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
    errorFormatter: ({ shape, error }) => {
      const body = toErrorBody(error);
      // What tRPC itself refuses keeps tRPC's status.
      const httpStatus = error.cause instanceof AppError ? ERROR_STATUS[body.code] : shape.data.httpStatus;
      return { ...shape, data: { ...shape.data, ...body, httpStatus } };
    },
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

/** Calls over every transport count alike, one by one also in a batch. */
const limit = t.middleware(async ({ ctx, next }) => {
  const { actor, request, limits } = ctx;
  if (actor?.kind !== "system") await limits.takeManagement(actor ? actorRef(actor) : addressKey(request.address ?? ""));
  return next();
});

const procedure = t.procedure.use(mapErrors).use(limit);

/** For everybody, signed in or not; `why` says why nothing is needed. */
export const publicProcedure = (why: string) => procedure.meta({ access: { level: "public", why } });

const signedIn = procedure.use(({ ctx, next }) => {
  if (!ctx.actor) throw new AppError("unauthenticated", "Sign in, or send `Authorization: Api-Key <key>`.");
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

/** For whoever is signed in; `why` says why no permission is needed. */
export const signedInProcedure = (why: string) => signedIn.meta({ access: { level: "signed-in", why } });

const inOrganisation = signedIn
  .input(z.object({ organisation: slug }))
  .use(async ({ ctx, input, next }) => {
    const organisation = await findOrganisation(ctx.db, ctx.actor, input.organisation);
    return next({ ctx: { ...ctx, organisation, grants: organisation.grants } });
  })
  .use(async ({ ctx, path, next }) => {
    const result = await next();
    if (!result.ok && result.error.cause instanceof AppError && result.error.cause.code === "forbidden") {
      ctx.tallies.denied({ organisationId: ctx.organisation.id, actor: ctx.actor, procedure: path });
    }
    return result;
  })
  .use(({ ctx, next }) => {
    requireTwoFactor(ctx.actor, ctx.organisation);
    return next();
  });

/** @throws AppError `forbidden` where the organisation asks for a second factor and the person has none */
function requireTwoFactor(actor: Actor, organisation: Organisation): void {
  if (!organisation.requireTwoFactor || actor.kind !== "person" || actor.hasTwoFactor === true) return;
  throw new AppError(
    "forbidden",
    `${organisation.name} asks its members for a second factor; switch yours on in your account, then come back.`,
  );
}

const inProject = inOrganisation.input(z.object({ project: slug })).use(async ({ ctx, input, next }) => {
  const project = await findVisibleProject(ctx.db, ctx.organisation, input.project);
  return next({ ctx: { ...ctx, project } });
});

const inEnvironment = inProject.input(z.object({ environment: slug })).use(async ({ ctx, input, next }) => {
  const environment = await findVisibleEnvironment(ctx.db, ctx, input.environment);
  return next({ ctx: { ...ctx, environment } });
});

/**
 * For those who have all of `needs` in the whole of `input.organisation`: also permissions of projects and environments, which
 * are then asked for all of them. Everybody else's organisation is *not found*.
 */
export const organisationProcedure = (...needs: Needs<"organisation">) =>
  inOrganisation.meta({ access: { level: "organisation", needs } }).use(async ({ ctx, next }) => {
    await demand(ctx, needs, siteOf(ctx));
    return next();
  });

/**
 * For those who have all of `needs` somewhere in `input.organisation`, such as in one project. The verb asks again in the very
 * place that it turns out to be about.
 */
export const somewhereProcedure = (...needs: Needs<"organisation">) =>
  inOrganisation.meta({ access: { level: "somewhere", needs } }).use(async ({ ctx, next }) => {
    const isMissing = (permission: Permission) => !ctx.grants.some((grant) => grant.permissions.has(permission));
    if (needs.some(isMissing)) await demand(ctx, needs, siteOf(ctx));
    return next();
  });

/** Like {@link organisationProcedure}, in the whole of `input.project`; one that may not be seen is *not found*. */
export const projectProcedure = (...needs: Needs<"project">) =>
  inProject.meta({ access: { level: "project", needs } }).use(async ({ ctx, next, getRawInput }) => {
    await demand(ctx, needs, { ...siteOf(ctx), flag: flagOf(await getRawInput()) });
    return next();
  });

/** The same in `input.environment`. Where `input.flag` names a flag, its tags count. */
export const environmentProcedure = (...needs: Needs<"environment">) =>
  inEnvironment.meta({ access: { level: "environment", needs } }).use(async ({ ctx, next, getRawInput }) => {
    await demand(ctx, needs, { ...siteOf(ctx), flag: flagOf(await getRawInput()) });
    return next();
  });

type Needs<L extends Level> = readonly [PermissionFor<L>, ...PermissionFor<L>[]];

const flagInput = z.object({ flag: flagKey });
const flagOf = (input: unknown): string | undefined => flagInput.safeParse(input).data?.flag;
