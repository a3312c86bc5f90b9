import { createHash } from "node:crypto";
import { type EnvironmentState, type Hub, type KeyHolder, waitForVersion } from "../../features/delivery/index.ts";

/** Raise it when the same outcomes are written differently. */
const FORM = 1;

interface Asked {
  readonly kind: KeyHolder["kind"];
  /** Of the context, with stored traits. */
  readonly canonical: string;
  /** Until when the address of the event stream holds: clients keep it over a 304, so it has to be renewed by a 200. */
  readonly streamUntil: number;
}

/**
 * `"<version>-<hash>"`: a context's answer, told without evaluating. Clients keep their tag while their context changes, and a
 * version may come again under another epoch, so all of it is part of the hash.
 */
export function bulkTag({ version, epoch }: EnvironmentState, { kind, canonical, streamUntil }: Asked): string {
  const hash = createHash("sha256").update(`${FORM} ${epoch} ${kind} ${streamUntil} ${canonical}`).digest("base64url");
  return `"${version}-${hash.slice(0, 22)}"`;
}

/** What an event announces; as with a bulk answer, the version stands first. */
export const eventTag = ({ version, position }: EnvironmentState): string => `"${version}-${position.split(":")[2] ?? ""}"`;

/** A proxy or client may have dropped the quotes. */
const ANNOUNCED = /^(?:W\/)?"?(\d{1,10})(?:-|"?$)/;
const MOST_WAIT_MS = 2_000;

/** Waits until this node has what an event of another one announced: it must not be answered with anything older. */
export async function waitForAnnounced(hub: Hub, announced: string | undefined): Promise<void> {
  const version = announced === undefined ? undefined : ANNOUNCED.exec(announced)?.[1];
  if (version !== undefined) await waitForVersion(hub, Number(version), MOST_WAIT_MS);
}
