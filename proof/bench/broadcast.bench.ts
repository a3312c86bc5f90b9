import { connectManagement, type Management, type Place } from "../lib/management.ts";
import { cpuMs, memoryKiB, pin } from "../lib/processes.ts";
import { postgresUrl } from "../lib/services.ts";
import { build, type Stack, startStack } from "../lib/stack.ts";
import { type Crowd, gather, startBareSockets } from "./crowd.ts";
import type { Pace } from "./pace.ts";
import { type Row, toRow } from "./rows.ts";

/** Enough for a figure: the system counts processor time in hundredths of a second. */
const SENDS_A_ROUND = 40_000;
const LIMITS = {
  HALYARD_STREAM_CONNECTIONS_PER_ADDRESS: "100000",
  HALYARD_STREAM_CONNECTS_PER_SECOND: "100000",
};
const FLAG = "checkout";

interface Field {
  readonly stack: Stack;
  readonly pid: number;
  readonly management: Management;
  readonly place: Place;
  readonly toggle: () => Promise<unknown>;
}

/** One change to many clients of one process on one processor, against `ws` that sends the same bytes to as many. */
export async function benchBroadcast(pace: Pace): Promise<Row[]> {
  build();
  const rows: Row[] = [];
  for (const thousands of pace.crowds) rows.push(...(await compareBroadcast(thousands, pace)));
  return rows;
}

/** The `flags` stream, where every client has a context of its own. */
export async function benchStream(pace: Pace): Promise<Row[]> {
  const thousands = pace.crowds.at(-1) ?? 1;
  build();
  return compareContexts(thousands, pace);
}

async function compareBroadcast(thousands: number, pace: Pace): Promise<Row[]> {
  const count = thousands * 1_000;
  return withField(async (field) => {
    const key = await field.management.serverKey(field.place);
    const baseline = await cpuPerToggle(field, pace);
    const before = memoryKiB(field.pid);
    const ours = await gather(crowdOf(field, { count, key, path: "environment", input: "{}", marker: '"snapshot"' }));
    const memory = (memoryKiB(field.pid) - before) / count;
    const bare = await startBareSockets(await frameOf(field));
    try {
      const bareBefore = memoryKiB(bare.pid);
      const theirs = await gather({ url: bare.url, count, messages: ["hello"], marker: "" });
      const bareMemory = (memoryKiB(bare.pid) - bareBefore) / count;
      const name = `broadcast/${thousands}k`;
      const costs = await alternate({ field, ours, theirs, bare, count, baseline, pace });
      const against = "ws alone, same bytes";
      theirs.leave();
      ours.leave();
      return [
        toRow({ name, unit: "µs CPU per client", against, goal: 1 / 1.25, ours: costs.ours, theirs: costs.theirs }),
        toRow({
          name: `${name}-last`,
          unit: "ms from first to last",
          against,
          goal: 1 / 1.3,
          ours: costs.oursLast,
          theirs: costs.theirsLast,
        }),
        toRow({
          name: `${name}-memory`,
          unit: "KiB per connection",
          against: "ws alone",
          goal: 1 / 2,
          ours: [memory],
          theirs: [bareMemory],
        }),
      ];
    } finally {
      bare.stop();
    }
  });
}

async function compareContexts(thousands: number, pace: Pace): Promise<Row[]> {
  const count = thousands * 1_000;
  return withField(async (field) => {
    const { management, place } = field;
    const segment = await management.createSegment(place, {
      name: "Nobody",
      rules: [{ type: "ALL", rules: [], conditions: [{ operator: "EQUAL", property: "plan", value: "none" }] }],
    });
    await management.createFlag(place, { key: "unaffected", valueType: "string", value: "same", enabled: true });
    let turn = 0;
    const touchNobody = () =>
      management.setSegmentOverride(place, { flag: "unaffected", segment: segment.key, value: `v${++turn % 2}` });
    await touchNobody();
    const baseline = { all: await cpuPerToggle(field, pace), none: await cpuPerTurn(field, pace, touchNobody) };
    const key = await management.clientKey(place);
    const input = '{"context":{"targetingKey":"user-{n}","attributes":{"plan":"pro","seat":{n}}}}';
    const ours = await gather(crowdOf(field, { count, key, path: "flags", input, marker: '"full"' }));
    const bare = await startBareSockets(await frameOf(field));
    try {
      const theirs = await gather({ url: bare.url, count, messages: ["hello"], marker: "" });
      const costs = await alternate({ field, ours, theirs, bare, count, baseline: baseline.all, pace });
      const none: number[] = [];
      for (let round = 0; round < pace.rounds; round++) {
        none.push(Math.max(((await cpuPerTurn(field, pace, touchNobody)) - baseline.none) / count, 0.001));
      }
      theirs.leave();
      ours.leave();
      const name = `stream/${thousands}k`;
      const unit = "µs CPU per client";
      const against = "ws alone, same bytes";
      return [
        toRow({ name: `${name}-identities`, unit, against, goal: 1 / 1.5, ours: costs.ours, theirs: costs.theirs }),
        toRow({ name: `${name}-unaffected`, unit, against, goal: 10, ours: none, theirs: costs.theirs }),
      ];
    } finally {
      bare.stop();
    }
  });
}

interface Contest {
  readonly field: Field;
  readonly ours: Crowd;
  readonly theirs: Crowd;
  readonly bare: Awaited<ReturnType<typeof startBareSockets>>;
  readonly count: number;
  /** What a change costs where nobody listens, in microseconds. */
  readonly baseline: number;
  readonly pace: Pace;
}

/** Round by round, so that a busy moment of the machine slows both. */
async function alternate({ field, ours, theirs, bare, count, baseline, pace }: Contest) {
  const costs = { ours: [] as number[], theirs: [] as number[], oursLast: [] as number[], theirsLast: [] as number[] };
  const sends = Math.max(5, Math.ceil((SENDS_A_ROUND * pace.roundMs) / 3_000 / count));
  const measure = async (pid: number, crowd: Crowd, cause: () => Promise<unknown>) => {
    const spans: number[] = [];
    const before = cpuMs(pid);
    for (let n = 0; n < sends; n++) {
      const { first, last } = await crowd.hear(cause);
      spans.push(last - first);
    }
    return { cost: ((cpuMs(pid) - before) * 1_000) / sends, span: spans.reduce((sum, it) => sum + it, 0) / sends };
  };
  for (let round = -1; round < pace.rounds; round++) {
    const [mine, other] = [await measure(field.pid, ours, field.toggle), await measure(bare.pid, theirs, bare.send)];
    // The first round is for the compiler.
    if (round < 0) continue;
    costs.ours.push((mine.cost - baseline) / count);
    costs.theirs.push(other.cost / count);
    costs.oursLast.push(mine.span);
    costs.theirsLast.push(other.span);
  }
  return costs;
}

const cpuPerToggle = (field: Field, pace: Pace) => cpuPerTurn(field, pace, field.toggle);

/** In microseconds of the server's processor time; the best of several rounds. */
async function cpuPerTurn({ pid }: Field, pace: Pace, turn: () => Promise<unknown>): Promise<number> {
  const turns = Math.ceil(pace.roundMs / 60);
  const costs: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = cpuMs(pid);
    for (let n = 0; n < turns; n++) await turn();
    costs.push(((cpuMs(pid) - before) * 1_000) / turns);
  }
  return Math.min(...costs);
}

async function withField<T>(work: (field: Field) => Promise<T>): Promise<T> {
  const stack = await startStack({ database: postgresUrl ? "postgres" : "pglite", env: LIMITS });
  try {
    const pid = stack.apis[0]?.pid ?? 0;
    pin(pid, 0);
    pin(process.pid, 1);
    const management = await connectManagement(stack);
    const place = await management.createProject("Bench");
    await management.createFlag(place, { key: FLAG });
    let isOn = false;
    const toggle = () => management.setEnabled(place, FLAG, (isOn = !isOn));
    return await work({ stack, pid, management, place, toggle });
  } finally {
    await stack.stop();
  }
}

interface Wish {
  readonly count: number;
  readonly key: string;
  readonly path: string;
  readonly input: string;
  readonly marker: string;
}

const crowdOf = ({ stack }: Pick<Field, "stack">, { count, key, path, input, marker }: Wish) => ({
  url: `${stack.url.replace("http", "ws")}/stream?connectionParams=1`,
  count,
  messages: [
    JSON.stringify({ method: "connectionParams", data: { key } }),
    `{"id":1,"method":"subscription","params":{"path":"${path}","input":${input}}}`,
  ],
  marker,
});

/** As long as what a change of the flag sends. */
async function frameOf({ stack, management, place, toggle }: Field): Promise<Buffer> {
  const key = await management.serverKey(place);
  const { WebSocket } = await import("ws");
  const socket = new WebSocket(`${stack.url.replace("http", "ws")}/stream`, { headers: { "X-Environment-Key": key } });
  const frames: Buffer[] = [];
  try {
    return await new Promise((resolve, reject) => {
      socket.on("error", reject);
      socket.on("open", () => socket.send('{"id":1,"method":"subscription","params":{"path":"environment","input":{}}}'));
      socket.on("message", (data: Buffer) => {
        frames.push(data);
        if (frames.length === 2) void toggle();
        if (frames.length === 3) resolve(data);
      });
    });
  } finally {
    socket.terminate();
  }
}
