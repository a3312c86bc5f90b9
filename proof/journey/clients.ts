import type { Browser } from "playwright-core";
import type { Connection, Manner, Witness } from "./witness.ts";
import { openApplication } from "./witnesses/application.ts";
import { curl, hasCurl } from "./witnesses/curl.ts";
import { flagsmithNodeLocal, flagsmithNodeRemote } from "./witnesses/flagsmith-node.ts";
import { halyardNode } from "./witnesses/halyard-node.ts";
import { trpc } from "./witnesses/trpc.ts";

export interface ClientKind {
  readonly name: string;
  readonly manner: Manner;
  readonly isHere: boolean;
}

const IN_PAGE = ["@halyard/sdk in a browser", "@flagsmith/flagsmith in a browser, realtime"] as const;
const IN_NODE: Readonly<
  Record<string, { manner: Manner; isHere?: boolean; connect: (to: Connection) => Witness | Promise<Witness> }>
> = {
  "@halyard/sdk/node": { manner: "stream", connect: halyardNode },
  "@trpc/client": { manner: "stream", connect: trpc },
  "flagsmith-nodejs, remote": { manner: "poll", connect: flagsmithNodeRemote },
  "flagsmith-nodejs, local": { manner: "poll", connect: flagsmithNodeLocal },
  curl: { manner: "poll", connect: curl, isHere: hasCurl },
};

export const CLIENT_KINDS: readonly ClientKind[] = [
  ...IN_PAGE.map((name) => ({ name, manner: "stream" as const, isHere: true })),
  ...Object.entries(IN_NODE).map(([name, { manner, isHere = true }]) => ({ name, manner, isHere })),
];

/** One client of every kind this machine has. */
export async function connectAll(browser: Browser, to: Connection): Promise<ReadonlyMap<string, Witness>> {
  const { halyard, flagsmith } = await openApplication(browser, to);
  const witnesses = new Map<string, Witness>([
    [IN_PAGE[0], halyard],
    [IN_PAGE[1], flagsmith],
  ]);
  for (const [name, { connect, isHere = true }] of Object.entries(IN_NODE)) if (isHere) witnesses.set(name, await connect(to));
  return witnesses;
}
