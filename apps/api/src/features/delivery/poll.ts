import type { Db } from "@halyard/db";
import { type Head, readHeads } from "../revisions/index.ts";
import type { Gate } from "./gate.ts";
import type { Outage } from "./outage.ts";

export interface PollOptions {
  readonly db: Db;
  readonly gate: Gate;
  readonly outage: Outage;
  readonly everyMs: number;
  /** Environments to ask for. */
  readonly environmentIds: () => readonly number[];
  /** Undefined for one that is gone. Rejections are logged; the next turn asks again. */
  readonly onHead: (environmentId: number, head: Head | undefined) => Promise<void>;
}

export interface Poll {
  /** Asks at once. */
  now(): void;
  stop(): void;
}

/** Asks the database for the newest versions, one query for all environments: it finds whatever no message told. */
export function startPoll({ db, gate, outage, everyMs, environmentIds, onHead }: PollOptions): Poll {
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let isWanted = false;
  let isStopped = false;

  async function turn(): Promise<void> {
    const ids = environmentIds();
    if (ids.length === 0) return;
    const heads = new Map((await gate(() => readHeads(db, ids))).map((head) => [head.environmentId, head]));
    const outcomes = await Promise.allSettled(ids.map((id) => onHead(id, heads.get(id))));
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed) throw failed.reason;
  }

  function run(): void {
    if (isStopped) return;
    if (isRunning) {
      isWanted = true;
      return;
    }
    isRunning = true;
    clearTimeout(timer);
    turn()
      .then(outage.recovered, outage.failed)
      .finally(() => {
        isRunning = false;
        schedule();
      });
  }

  function schedule(): void {
    if (isStopped) return;
    // Nodes that started together must not ask together.
    timer = setTimeout(run, isWanted ? 0 : everyMs * (0.8 + Math.random() * 0.4));
    timer.unref();
    isWanted = false;
  }

  schedule();
  return {
    now: run,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
