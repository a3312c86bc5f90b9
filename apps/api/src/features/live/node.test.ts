import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../../context.ts";
import { wholly } from "../../permissions/grants.queries.ts";
import { appRouter } from "../../router.ts";
import { createWorld, type World } from "../../testing/world.ts";
import { createCallerFactory } from "../../trpc.ts";
import { createDelivery } from "../delivery/index.ts";
import { followProject } from "./live.service.ts";

const log = pino({ level: "silent" });
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** Two processes on one database, without Redis: they hear of each other by the version poll. */
function startNodes() {
  const start = () => {
    const delivery = createDelivery({ db: world.db, log, pollMs: 20 });
    const revisions = { db: world.db, announce: delivery.announce };
    const context: Context = { ...world.contextOf(world.actors.editor), delivery, revisions };
    return { delivery, api: createCallerFactory(appRouter)(context) };
  };
  const [here, there] = [start(), start()];
  return { here, there, stop: () => Promise.all([here.delivery.close(), there.delivery.close()]) };
}

describe("with the read side running", () => {
  it("answers what an identity gets from the write just made, on either node", async () => {
    const { here, there, stop } = startNodes();
    const ada = { ...world.inEnvironment, identifier: "ada" };
    await here.api.flags.create({ ...world.inProject, key: "banner" });
    await here.api.identities.create(ada);
    await there.api.identities.get(ada);

    for (const enabled of [true, false, true]) {
      const own = await here.api.flags.setEnabled({ ...world.inEnvironment, flag: "banner", enabled });
      const mine = await here.api.identities.get(ada);
      const theirs = await there.api.identities.get(ada);

      expect([own.state.enabled, mine.outcomes[0]?.enabled, theirs.outcomes[0]?.enabled]).toEqual([enabled, enabled, enabled]);
    }
    await stop();
  });

  it("tells of another node's revisions, and stops listening when it is aborted", async () => {
    const { here, there, stop } = startNodes();
    const abort = new AbortController();
    let listening = 0;
    const counted = {
      ...here.delivery,
      onRevision: (listener: Parameters<typeof here.delivery.onRevision>[0]) => {
        listening++;
        const end = here.delivery.onRevision(listener);
        return () => {
          listening--;
          end();
        };
      },
    };
    const { actors, project, services } = world;
    const grants = [wholly(project.organisationId, "viewer")];
    const reader = { ...services, log, delivery: counted, actor: actors.viewer, grants, project };
    const live = followProject(reader, abort.signal);
    const first = live.next();
    // Held in memory here, so that the poll asks after it.
    await here.delivery.environment(world.environments.production.id);
    await there.api.flags.create({ ...world.inProject, key: "elsewhere" });

    expect((await first).value).toMatchObject({ kind: "flag.created", subjects: ["flag:elsewhere"], actor: "Ed Editor" });
    expect(listening).toBe(1);
    const rest = drain(live);
    abort.abort();
    await rest;

    expect(listening).toBe(0);
    await stop();
  });
});

async function drain(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events);
}
