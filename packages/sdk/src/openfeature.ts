import type {
  AnyProviderEvent,
  ErrorCode,
  EvaluationContext,
  EventContext,
  EventHandler,
  JsonValue,
  ProviderEventEmitter,
  ResolutionDetails,
} from "@openfeature/core";
import type { Client } from "./client.ts";
import { kindOf } from "./json.ts";
import type { ServerClient } from "./node/server-client.ts";
import type { Reader } from "./reader.ts";
import type { Status } from "./types.ts";

/** How long values of a new context may be on their way before OpenFeature is told that they do not come. */
const CONTEXT_TIMEOUT_MS = 5000;
const KINDS = { Boolean: ["boolean"], String: ["string"], Number: ["number"], Object: ["object", "array", "null"] };

type Resolve<T> = (key: string, fallback: T) => ResolutionDetails<T>;
type ResolveFor<T> = (key: string, fallback: T, context: EvaluationContext) => Promise<ResolutionDetails<T>>;

interface Lifecycle {
  readonly metadata: { readonly name: "halyard" };
  readonly events: ProviderEventEmitter<AnyProviderEvent>;
  readonly initialize: (context?: EvaluationContext) => Promise<void>;
  /** Closes the client. */
  readonly onClose: () => Promise<void>;
}

/** For `OpenFeature.setProvider` of `@openfeature/web-sdk`. */
export interface HalyardProvider extends Lifecycle {
  readonly runsOn: "client";
  readonly onContextChange: (before: EvaluationContext, now: EvaluationContext) => Promise<void>;
  readonly resolveBooleanEvaluation: Resolve<boolean>;
  readonly resolveStringEvaluation: Resolve<string>;
  readonly resolveNumberEvaluation: Resolve<number>;
  readonly resolveObjectEvaluation: <T extends JsonValue>(key: string, fallback: T) => ResolutionDetails<T>;
}

/** For `OpenFeature.setProvider` of `@openfeature/server-sdk`. */
export interface HalyardServerProvider extends Lifecycle {
  readonly runsOn: "server";
  readonly resolveBooleanEvaluation: ResolveFor<boolean>;
  readonly resolveStringEvaluation: ResolveFor<string>;
  readonly resolveNumberEvaluation: ResolveFor<number>;
  readonly resolveObjectEvaluation: <T extends JsonValue>(
    key: string,
    fallback: T,
    context: EvaluationContext,
  ) => Promise<ResolutionDetails<T>>;
}

/** OpenFeature in a page: the same client, the same socket. OpenFeature's context, once it has one, becomes the client's. */
export function halyardProvider(client: Client): HalyardProvider {
  const { lifecycle, quietly } = createLifecycle(client);
  const changeContext = (context: EvaluationContext) => quietly(() => withinTime(client.setContext(contextOf(context))));
  const resolve =
    <T extends JsonValue>(kind: keyof typeof KINDS) =>
    (key: string, fallback: T) =>
      resolveFrom<T>(client, { key, fallback, kind, status: client.status() });
  return {
    ...lifecycle,
    runsOn: "client",
    async initialize(context = {}) {
      // What the client was made with stays until OpenFeature knows better.
      if (Object.keys(context).length > 0) void client.setContext(contextOf(context));
      await lifecycle.initialize();
    },
    onContextChange: (_before, now) => changeContext(now),
    resolveBooleanEvaluation: resolve<boolean>("Boolean"),
    resolveStringEvaluation: resolve<string>("String"),
    resolveNumberEvaluation: resolve<number>("Number"),
    resolveObjectEvaluation: (key, fallback) => resolveFrom(client, { key, fallback, kind: "Object", status: client.status() }),
  };
}

/** OpenFeature on a server: each evaluation has its own context and is decided locally. */
export function halyardServerProvider(client: ServerClient): HalyardServerProvider {
  const { lifecycle } = createLifecycle(client);
  const resolveIn = <T extends JsonValue>(context: EvaluationContext, question: Omit<Question<T>, "status">) =>
    Promise.resolve(resolveFrom(client.for(contextOf(context)), { ...question, status: client.status() }));
  return {
    ...lifecycle,
    runsOn: "server",
    resolveBooleanEvaluation: (key, fallback, context) => resolveIn(context, { key, fallback, kind: "Boolean" }),
    resolveStringEvaluation: (key, fallback, context) => resolveIn(context, { key, fallback, kind: "String" }),
    resolveNumberEvaluation: (key, fallback, context) => resolveIn(context, { key, fallback, kind: "Number" }),
    resolveObjectEvaluation: (key, fallback, context) => resolveIn(context, { key, fallback, kind: "Object" }),
  };
}

interface Question<T> {
  readonly key: string;
  readonly fallback: T;
  readonly kind: keyof typeof KINDS;
  readonly status: Status;
}

function resolveFrom<T extends JsonValue>(reader: Reader, { key, fallback, kind, status }: Question<T>): ResolutionDetails<T> {
  const { value, variant, reason, errorCode, version, source } = reader.details(key);
  const isRight = reason === "DISABLED" || KINDS[kind].includes(kindOf(value));
  const code = errorCode ?? (isRight ? undefined : "TYPE_MISMATCH");
  if (code !== undefined) {
    return { value: fallback, reason: "ERROR", errorCode: named<ErrorCode>(code), errorMessage: `${code}: "${key}"` };
  }
  const flagMetadata = { source, ...(version !== null && { version }) };
  // A boolean flag is its own state; any other that is off answers with what the caller gave.
  if (reason === "DISABLED")
    return { value: (kind === "Boolean" && typeof value === "boolean" ? value : fallback) as T, reason, flagMetadata };
  const isDoubtful = status === "stale" || status === "error";
  return {
    value: value as T,
    ...(variant !== null && { variant }),
    reason: isDoubtful ? "STALE" : source === "live" ? reason : "CACHED",
    flagMetadata,
  };
}

/** The client takes one level of texts, numbers and booleans, and leaves out what is none of these. */
function contextOf(context: EvaluationContext): Record<string, string | number | boolean | null> {
  return context as Record<string, string | number | boolean | null>;
}

function createLifecycle(client: Pick<Client & ServerClient, "ready" | "status" | "close"> & Pick<Client, "on">) {
  const events = createEmitter();
  let isTelling = false;
  let isRefused = false;
  let quiet = 0;
  const stops = [
    client.on("error", ({ code }) => {
      isRefused = code === "REFUSED";
    }),
    client.on("status", tellStatus),
    client.on("change", ({ keys }) => {
      if (isTelling && quiet === 0) emit("PROVIDER_CONFIGURATION_CHANGED", { flagsChanged: [...keys] });
    }),
  ];

  function emit(event: string, details?: EventContext): void {
    events.emit(named<AnyProviderEvent>(event), details);
  }

  function tellStatus(status: Status): void {
    if (!isTelling) return;
    if (status === "live" || status === "polling") emit("PROVIDER_READY");
    if (status === "stale") emit("PROVIDER_STALE", { message: "The values were not confirmed of late." });
    if (status === "error") emit("PROVIDER_ERROR", { message: messageOf(isRefused), errorCode: named<ErrorCode>("GENERAL") });
  }

  async function initialize(): Promise<void> {
    const { source } = await client.ready();
    const status = client.status();
    if (isRefused && status === "error")
      throw Object.assign(new Error(messageOf(true)), { code: named<ErrorCode>("PROVIDER_FATAL") });
    if (source === "default") throw Object.assign(new Error(messageOf(false)), { code: named<ErrorCode>("PROVIDER_NOT_READY") });
    isTelling = true;
    // OpenFeature says "ready" when this resolves, so what is not quite ready is told after it.
    if (status !== "live" && status !== "polling") setTimeout(() => tellStatus(client.status()), 0);
  }

  /** A change of context changes values, but not the flags. */
  async function quietly(change: () => Promise<void>): Promise<void> {
    quiet++;
    await change().finally(() => quiet--);
  }

  const lifecycle: Lifecycle = {
    metadata: { name: "halyard" },
    events,
    initialize,
    async onClose() {
      isTelling = false;
      for (const stop of stops) stop();
      events.removeAllHandlers();
      await client.close();
    },
  };
  return { lifecycle, quietly };
}

/** A member of one of OpenFeature's enums by its text, without importing the enum. */
function named<E extends string>(text: string): E {
  return text as E;
}

function messageOf(isRefused: boolean): string {
  return isRefused ? "The server does not accept the key." : "The server cannot be reached.";
}

async function withinTime(change: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lateness = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("Values of the new context have not come yet.")), CONTEXT_TIMEOUT_MS);
  });
  await Promise.race([change, lateness]).finally(() => clearTimeout(timer));
}

/** OpenFeature's SDKs bring one each; this one serves both and is not imported from either. */
function createEmitter(): ProviderEventEmitter<AnyProviderEvent> {
  const handlers = new Map<string, EventHandler[]>();
  const emitter: ProviderEventEmitter<AnyProviderEvent> = {
    emit(event, context) {
      for (const handler of handlers.get(event) ?? []) void handler({ providerName: "halyard", ...context });
    },
    addHandler(event, handler) {
      handlers.set(event, [...emitter.getHandlers(event), handler]);
    },
    removeHandler(event, handler) {
      handlers.set(
        event,
        emitter.getHandlers(event).filter((other) => other !== handler),
      );
    },
    removeAllHandlers(event) {
      if (event === undefined) handlers.clear();
      else handlers.delete(event);
    },
    getHandlers: (event) => handlers.get(event) ?? [],
    setLogger: () => emitter,
  };
  return emitter;
}
