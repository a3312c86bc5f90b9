import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { pin } from "../lib/processes.ts";

export interface CrowdOptions {
  readonly url: string;
  readonly count: number;
  /** What each client says once it is connected; `{n}` is its number. */
  readonly messages: readonly string[];
  /** What the answer holds that makes a client ready; nothing: the connection itself. */
  readonly marker: string;
}

export interface Heard {
  /** Milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
}

export interface Crowd {
  /** @returns when all have heard what `cause` causes */
  hear(cause: () => Promise<unknown>): Promise<Heard>;
  leave(): void;
}

/** A process may open 20,000 files, and an address has 28,000 ports for one peer. */
const MOST_IN_ONE_PROCESS = 5_000;

/** Clients in processes of their own, on the second processor. */
export async function gather({ count, ...options }: CrowdOptions): Promise<Crowd> {
  const children: ChildProcess[] = [];
  for (let from = 0; from < count; from += MOST_IN_ONE_PROCESS) {
    const child = startChild("crowd.mjs", 1);
    children.push(child);
    child.send({ ...options, from, count: Math.min(MOST_IN_ONE_PROCESS, count - from) });
    await answerOf(child);
  }
  return {
    async hear(cause) {
      await Promise.all(children.map((child) => ask(child, "expect")));
      const answers = Promise.all(children.map((child) => answerOf<Heard>(child)));
      const [heard] = await Promise.all([answers, cause()]);
      return { first: Math.min(...heard.map((it) => it.first)), last: Math.max(...heard.map((it) => it.last)) };
    },
    leave() {
      for (const child of children) child.kill();
    },
  };
}

/** A server that does nothing but send. */
export async function startBareSockets(body: Buffer) {
  const child = startChild("bare-sockets.mjs", 0);
  child.send({ body: body.toString("base64") });
  const { url } = await answerOf<{ url: string }>(child);
  return { url, pid: child.pid ?? 0, send: () => ask(child, "send"), stop: () => void child.kill() };
}

function startChild(file: string, processor: number): ChildProcess {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    execArgv: [],
  });
  pin(child.pid ?? 0, processor);
  return child;
}

function ask(child: ChildProcess, message: string): Promise<unknown> {
  const answer = answerOf(child);
  child.send(message);
  return answer;
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  try {
    const gone = once(child, "exit", { signal }).then(() => {
      throw new Error("A process of the crowd ended; its error is above.");
    });
    // Ended from below, once there is an answer.
    gone.catch(() => undefined);
    const [answer] = (await Promise.race([once(child, "message", { signal }), gone])) as [T];
    return answer;
  } finally {
    over.abort();
  }
}
