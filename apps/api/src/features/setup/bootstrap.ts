import type { Db } from "@halyard/db";
import { apiKey, organisation } from "@halyard/db/schema";
import { asc, eq } from "drizzle-orm";
import { type Actor, system } from "../../actor.ts";
import type { Config } from "../../config.ts";
import type { Acting, Services } from "../../context.ts";
import { insertApiKey } from "../api-keys/index.ts";
import { API_KEY_PREFIX, hashSecret, parseSecretKey } from "../keys/index.ts";
import { insertOrganisation } from "../organisations/index.ts";
import type { CommittedRevision } from "../revisions/index.ts";
import { adoptOrganisations, insertAdministrator } from "./setup.service.ts";
import { armSetup, completeSetup, isFirstStart, isSetupNeeded } from "./setup-link.ts";

type Home = typeof organisation.$inferSelect;
/** Makes the sample project of a first start. */
export type Sample = (ctx: Acting & { readonly organisation: Home }) => Promise<unknown>;

export interface BootstrapOptions {
  readonly config: Pick<Config, "initAdmin" | "initApiKey" | "sample">;
  /** Good as the set-up link until somebody used it. */
  readonly token: string;
  readonly sample?: Sample | undefined;
}

const HOME = "Halyard";

/** What a first start makes, whichever of several processes comes first. @returns whether the set-up link is still to be used */
export async function bootstrap(
  { db, revisions, auth }: Pick<Services, "db" | "revisions" | "auth">,
  { config, token, sample }: BootstrapOptions,
): Promise<{ isSetupNeeded: boolean }> {
  const { initAdmin, initApiKey } = config;
  const passwordHash = initAdmin && (await (await auth.$context).password.hash(initAdmin.password));
  const announced: CommittedRevision[] = [];
  const needed = await db.transaction(async (tx) => {
    const isFirst = await isFirstStart(tx);
    const acting: Acting = {
      revisions: { db: tx, announce: (made) => void announced.push(...made) },
      actor: system("first start"),
    };
    if (isFirst && config.sample && sample) await sample({ ...acting, organisation: await findHome(tx) });
    if (initApiKey !== undefined) await keepApiKey(tx, acting.actor, initApiKey);
    if (initAdmin && passwordHash !== undefined && (await isSetupNeeded(tx))) {
      await findHome(tx);
      const email = initAdmin.email.toLowerCase();
      await adoptOrganisations(tx, await insertAdministrator(tx, { name: email, email, passwordHash, emailVerified: true }));
      await completeSetup(tx);
    }
    const stillNeeded = await isSetupNeeded(tx);
    if (stillNeeded) await armSetup(tx, token);
    return stillNeeded;
  });
  revisions.announce(announced);
  return { isSetupNeeded: needed };
}

/** The oldest organisation, made where there is none. */
async function findHome(tx: Db): Promise<Home> {
  const [oldest] = await tx.select().from(organisation).orderBy(asc(organisation.id)).limit(1);
  return oldest ?? insertOrganisation(tx, { name: HOME });
}

async function keepApiKey(tx: Db, actor: Actor, key: string): Promise<void> {
  const parsed = parseSecretKey(API_KEY_PREFIX, key);
  if (!parsed) throw new TypeError("The configuration lets only whole keys pass.");
  const [known] = await tx.select({ id: apiKey.id }).from(apiKey).where(eq(apiKey.keyId, parsed.keyId));
  // Also where it was revoked since: a restart must not bring it back.
  if (known) return;
  const acting = { revisions: { db: tx, announce: () => undefined }, actor, organisation: await findHome(tx) };
  const secret = { keyId: parsed.keyId, secretHash: hashSecret(parsed.secret) };
  await insertApiKey(tx, acting, { name: "HALYARD_INIT_API_KEY", role: "admin", secret });
}
