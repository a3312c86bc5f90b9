import { createPublicKey, verify as verifySignature } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { auditHead, auditHeads, auditVerification } from "@halyard/contracts/schemas";
import { Failure, get } from "./rest.ts";

export interface VerifyOptions {
  readonly organisation: string;
  readonly url: string;
  readonly apiKey: string;
  /** Folder with heads that were kept outside of the server. */
  readonly heads?: string;
}

type Head = ReturnType<typeof auditHead.parse>;

/** Asks the server to walk its chains, and holds its heads against those that were kept elsewhere. */
export async function runVerify({ organisation, url, apiKey, heads: folder }: VerifyOptions): Promise<void> {
  const path = `/organisations/${encodeURIComponent(organisation)}`;
  const found = auditVerification.parse(await get({ url, apiKey }, `${path}/audit-verification`));
  if (found.break) throw new Failure(`Broken at ${found.break.what}: ${found.break.why}`);
  const kept = folder === undefined ? [] : await readHeads(folder);
  if (kept.length > 0) {
    const { items } = auditHeads.parse(await get({ url, apiKey }, `${path}/audit-heads`));
    for (const head of kept) compare(head, items);
  }
  const removed = found.removed === 0 ? "" : `, ${found.removed} removed by retention`;
  const held = folder === undefined ? "" : `, ${kept.length} heads from ${folder} agree`;
  console.log(
    `Intact: ${found.events} events in ${found.seals} seals, ${found.revisions} revisions, ${found.heads} signed heads${removed}${held}.`,
  );
}

async function readHeads(folder: string): Promise<Head[]> {
  const names = await readdir(folder).catch(() => {
    throw new Failure(`There is no folder ${folder} that can be read.`);
  });
  const files = names.filter((name) => name.startsWith("halyard-head-") && name.endsWith(".json")).sort();
  return Promise.all(files.map((name) => readHead(join(folder, name))));
}

async function readHead(file: string): Promise<Head> {
  try {
    return auditHead.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    throw new Failure(`${file} is no signed head.`, { cause });
  }
}

function compare(kept: Head, items: readonly Head[]): void {
  if (!isSigned(kept)) throw new Failure(`Broken at head of ${kept.day}: the kept file was edited, its signature does not fit.`);
  const theirs = items.find((it) => it.day === kept.day);
  if (!theirs) throw new Failure(`Broken at head of ${kept.day}: the server does not have it any more.`);
  if (theirs.body !== kept.body)
    throw new Failure(`Broken at head of ${kept.day}: the server has another one than was kept; history was written anew.`);
}

/** By the key that the head itself names: the server shows the same head, and it has been checked there. */
function isSigned({ body, signature }: Head): boolean {
  try {
    const { publicKey } = JSON.parse(body) as { readonly publicKey: string };
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
    return verifySignature(null, Buffer.from(body), key, Buffer.from(signature, "base64"));
  } catch {
    // No head of ours.
    return false;
  }
}
