import type { Attributes, Flag, Segment, Snapshot } from "@halyard/evaluator";
import { createConsoleLogger, getClient, LogLevel, PollingMode, SettingType, User, UserComparator } from "configcat-node";
import type { Workload } from "../workloads.ts";
import { type Engine, translate } from "./engine.ts";

let loaded = 0;

export async function loadConfigCat({ snapshot, contexts }: Workload): Promise<Engine> {
  // The client is shared by all who use the same key.
  const sdkKey = `configcat-sdk-1/${"0".repeat(22)}/${String(++loaded).padStart(22, "0")}`;
  const stored = `${Date.now()}\n\n${toConfig(snapshot)}`;
  const client = getClient(sdkKey, PollingMode.ManualPoll, {
    offline: true,
    cache: { get: () => stored, set: () => {} },
    logger: createConsoleLogger(LogLevel.Error),
  });
  await client.forceRefreshAsync();
  const settings = client.snapshot();
  const keys = snapshot.flags.map(({ key }) => key);
  const users = contexts.map(
    ({ targetingKey = "", attributes }) => new User(targetingKey, undefined, undefined, known(attributes)),
  );
  const valueOf = (flagKey: string, at: number) => settings.getValue(flagKey, "", users[at]);
  return {
    name: "configcat-node 11.4.1",
    one: valueOf,
    all(at) {
      let read = 0;
      for (const key of keys) read += valueOf(key, at).length;
      return read;
    },
    close: () => client.dispose(),
  };
}

function known(attributes: Attributes = {}): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, typeof value === "number" ? value : String(value)]),
  );
}

/** ConfigCat's config document, version 6. */
function toConfig({ flags, segments }: Snapshot): string {
  return JSON.stringify({
    p: { u: "http://127.0.0.1:9", r: 0, s: "bench" },
    f: Object.fromEntries(flags.map((flag) => [flag.key, toSetting(flag, segments)])),
  });
}

function toSetting(flag: Flag, segments: readonly Segment[]) {
  const control = 100 - flag.variants.reduce((sum, { weight }) => sum + weight, 0);
  const split = [...flag.variants, { weight: control, value: flag.value }].map(({ weight, value }) => ({
    p: weight,
    v: { s: value },
  }));
  return {
    t: SettingType.String,
    v: { s: flag.value },
    r: flag.overrides.map(({ segmentId, value }) => ({
      c: membership(segments.find(({ id }) => id === segmentId)),
      s: { v: { s: value } },
    })),
    ...(flag.variants.length > 0 && { p: split }),
  };
}

/** The conditions themselves, which it evaluates faster than its segments. */
function membership(segment: Segment | undefined) {
  return (segment?.rules ?? []).flatMap(({ conditions }) =>
    conditions.map((condition) => ({
      u: translate<object>(condition, {
        isIn: (a, l) => ({ a, c: UserComparator.TextIsOneOf, l }),
        isGreater: (a, d) => ({ a, c: UserComparator.NumberGreater, d }),
        isNot: (a, d) => ({ a, c: UserComparator.NumberNotEquals, d }),
      }),
    })),
  );
}
