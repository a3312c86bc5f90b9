import { createHash } from "node:crypto";
import { Redis } from "ioredis";
import type { Logger } from "pino";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "../errors.ts";
import { RULES, type Rule, type RuleName } from "./rules.ts";

export interface Limits {
  /** Counts once. @throws AppError `rate_limited`, with how long to wait */
  take(rule: RuleName, key: string): Promise<void>;
  /** Forgets what was counted, because the last attempt was right. */
  forgive(rule: RuleName, key: string): Promise<void>;
  /** Counts a management call. @throws AppError `rate_limited` */
  takeManagement(key: string): Promise<void>;
  close(): Promise<void>;
}

export interface LimitsOptions {
  readonly redisUrl: string | undefined;
  readonly log: Logger;
  /** Most management calls of one caller in a minute. */
  readonly managementPerMinute: number;
}

interface Limiter {
  consume(key: string): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/** An answer of Redis that takes longer is not waited for. */
const REDIS_TIMEOUT_MS = 500;
const MANAGEMENT = { seconds: 60, what: "calls" } as const;

/** Over all processes by Redis; while it is away, and without it, each process counts on its own. */
export function createLimits({ redisUrl, log, managementPerMinute }: LimitsOptions): Limits {
  const redis = redisUrl === undefined ? undefined : connect(redisUrl, log);
  const limiter = (name: string, rule: Rule): Limiter => {
    const options = { keyPrefix: `halyard:limit:${name}`, points: rule.points, duration: rule.seconds };
    const local = new RateLimiterMemory(options);
    return redis
      ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: local, rejectIfRedisNotReady: true })
      : local;
  };
  const named = new Map(Object.entries(RULES).map(([name, rule]) => [name, limiter(name, rule)]));
  const managementRule: Rule = { ...MANAGEMENT, points: managementPerMinute };
  const management = limiter("management", managementRule);

  return {
    take: (name, key) => take(named.get(name), RULES[name], key),
    forgive: async (name, key) => {
      await named.get(name)?.delete(hide(key));
    },
    takeManagement: (key) => take(management, managementRule, key),
    close: () => {
      redis?.disconnect();
      return Promise.resolve();
    },
  };
}

async function take(limiter: Limiter | undefined, rule: Rule, key: string): Promise<void> {
  try {
    await limiter?.consume(hide(key));
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
    const message = `Too many ${rule.what}: at most ${rule.points} in ${rule.seconds} seconds. Try again in ${retryAfterSeconds} seconds.`;
    throw new AppError("rate_limited", message, { retryAfterSeconds });
  }
}

/** Keys are people's addresses; a dump of Redis need not name them. */
const hide = (key: string): string => createHash("sha256").update(key).digest("base64url");

function connect(url: string, log: Logger): Redis {
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: REDIS_TIMEOUT_MS });
  let isAway = false;
  redis.on("error", (error: unknown) => {
    if (!isAway) log.warn({ err: error }, "Redis does not answer; each process limits on its own until it does");
    isAway = true;
  });
  redis.on("ready", () => {
    if (isAway) log.info("Redis answers again; limits hold over all processes");
    isAway = false;
  });
  return redis;
}
