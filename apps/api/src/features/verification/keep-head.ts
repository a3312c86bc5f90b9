import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "@halyard/db";
import { instanceSetting } from "@halyard/db/schema";
import { eq } from "drizzle-orm";
import type { SignedHead } from "./heads.ts";

/** Where signed heads are kept outside of the database; either, both or neither. */
export interface HeadKeepers {
  readonly folder?: string | undefined;
  /** Gets a POST with the head as JSON. */
  readonly url?: string | undefined;
}

const POST_TIMEOUT_MS = 10_000;

/** Hands the head to everyone who keeps it, once each. @throws where one did not take it, to be tried again */
export async function keepHead(db: Db, head: SignedHead, { folder, url }: HeadKeepers): Promise<void> {
  if (folder !== undefined) await once(db, { key: `audit.head.folder ${folder}`, day: head.day }, () => write(folder, head));
  if (url !== undefined) await once(db, { key: `audit.head.url ${url}`, day: head.day }, () => post(url, head));
}

/** A crash between the act and its note does it twice, which harms nobody. */
async function once(db: Db, { key, day }: { key: string; day: string }, act: () => Promise<void>): Promise<void> {
  const [done] = await db.select().from(instanceSetting).where(eq(instanceSetting.key, key));
  if (done !== undefined && done.value >= day) return;
  await act();
  await db
    .insert(instanceSetting)
    .values({ key, value: day })
    .onConflictDoUpdate({ target: instanceSetting.key, set: { value: day } });
}

async function write(folder: string, head: SignedHead): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `halyard-head-${head.day}.json`);
  const partial = `${file}.${process.pid}`;
  await writeFile(partial, `${JSON.stringify(head)}\n`);
  await rename(partial, file);
}

async function post(url: string, head: SignedHead): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(head),
    redirect: "error",
    signal: AbortSignal.timeout(POST_TIMEOUT_MS),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`HALYARD_AUDIT_HEADS_URL answered ${response.status}.`);
}
