import { assertAgreement } from "./engines/agree.ts";
import { loadConfigCat } from "./engines/configcat.ts";
import type { Engine } from "./engines/engine.ts";
import { FLAGD, loadFlagd } from "./engines/flagd.ts";
import { loadFlagsmith } from "./engines/flagsmith.ts";
import { loadGrowthBook } from "./engines/growthbook.ts";
import { loadFreshHalyard, loadHalyard } from "./engines/halyard.ts";
import { loadLaunchDarkly } from "./engines/launchdarkly.ts";
import { loadUnleash } from "./engines/unleash.ts";
import { benchDelta } from "./evaluate-delta.ts";
import { benchList } from "./evaluate-list.ts";
import { benchMemory } from "./evaluate-memory.ts";
import { type Contestant, interleave } from "./interleave.ts";
import type { Pace } from "./pace.ts";
import { median, type Row, toRow } from "./rows.ts";
import { flagsByTheHundred } from "./workloads.ts";

/** A row that also says what every engine of the same run took, in microseconds of processor time. */
interface PeerRow extends Row {
  readonly engines: Readonly<Record<string, number>>;
}

const PEERS = [loadFlagd, loadConfigCat, loadGrowthBook, loadLaunchDarkly, loadUnleash, loadFlagsmith];

/** A flag without overrides or variants. */
const PLAIN = "flag-50";

/** Local evaluation, in the same process and the same rounds as the SDKs that people use today. */
export async function benchEvaluate(pace: Pace): Promise<Row[]> {
  const hundred = await compete(pace, 1);
  const thousand = await compete(pace, 10);
  const rows = [...hundred, ...thousand.filter(({ name }) => name.startsWith("evaluate/all-1000"))];
  printEngines(rows);
  return [...rows, benchDelta(pace), ...benchList(pace), await benchMemory(pace)];
}

async function compete({ rounds, roundMs }: Pace, hundreds: number): Promise<PeerRow[]> {
  const workload = flagsByTheHundred(hundreds);
  const engines: Engine[] = [];
  for (const load of [loadHalyard, loadFreshHalyard, ...PEERS]) engines.push(await load(workload));
  await assertAgreement(workload, engines);
  const [halyard, fresh, ...peers] = engines;
  if (halyard === undefined || fresh === undefined) throw new Error("Nothing to measure.");

  const slices = { rounds: rounds * 2 - 1, sliceMs: roundMs / 10 };
  const identities = workload.contexts.length;
  const all = (engine: Engine): Contestant => ({ name: engine.name, run: (n) => engine.all(n % identities) });
  const one = (engine: Engine): Contestant => ({
    name: engine.name,
    run(n) {
      const value = engine.one(PLAIN, n % identities);
      return value instanceof Promise ? value.then(lengthOf) : lengthOf(value);
    },
  });
  const ofAll = await interleave(engines.map(all), { ...slices, batch: 2 });
  const ofOne = hundreds === 1 ? await interleave([halyard, ...peers].map(one), { ...slices, batch: 500 }) : undefined;
  for (const engine of engines) await engine.close?.();

  const size = hundreds * 100;
  const unit = `µs CPU per context of ${size} flags`;
  const flagsmith = peers.find(({ name }) => name.startsWith("flagsmith"))?.name ?? "";
  const fastest = (costs: Costs) =>
    peers.map(({ name }) => ({ name, cost: median(costs.get(name) ?? []) })).sort((a, b) => a.cost - b.cost)[0]?.name ?? "";
  const rows = [
    toPeerRow(ofAll, halyard, { name: `evaluate/all-${size}`, unit, against: fastest(ofAll), goal: 2 }),
    toPeerRow(ofAll, halyard, { name: `evaluate/all-${size}-flagsmith`, unit, against: flagsmith, goal: 25 }),
    toPeerRow(ofAll, fresh, { name: `evaluate/all-${size}-fresh`, unit, against: FLAGD, goal: 1.3 }),
  ];
  if (ofOne === undefined) return rows;
  return [
    toPeerRow(ofOne, halyard, { name: "evaluate/one", unit: "µs CPU per flag", against: fastest(ofOne), goal: 1 }),
    ...rows,
  ];
}

type Costs = ReadonlyMap<string, readonly number[]>;

function toPeerRow(costs: Costs, ours: Engine, row: Pick<Row, "name" | "unit" | "against" | "goal">): PeerRow {
  return {
    ...toRow({ ...row, ours: costs.get(ours.name) ?? [], theirs: costs.get(row.against) ?? [] }),
    engines: Object.fromEntries([...costs].map(([engine, times]) => [engine, median(times)])),
  };
}

function lengthOf(value: unknown): number {
  return typeof value === "string" ? value.length : 0;
}

function printEngines(rows: readonly PeerRow[]): void {
  const shown = rows.filter(({ name }) => /^evaluate\/(one|all-\d+)$/.test(name));
  const names = new Set(shown.flatMap(({ engines }) => Object.keys(engines)));
  console.log("Microseconds of processor time, median over the rounds:");
  console.table(
    Object.fromEntries(
      [...names].map((engine) => [
        engine,
        Object.fromEntries(shown.map(({ name, engines }) => [name, Number(engines[engine]?.toPrecision(3) ?? Number.NaN)])),
      ]),
    ),
  );
}
