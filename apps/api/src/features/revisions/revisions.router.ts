import { getRevisionInput, listRevisionsInput, revision, revisionPage } from "@halyard/contracts/schemas";
import { environmentProcedure, router } from "../../trpc.ts";
import { getRevision, listRevisions } from "./history.queries.ts";

const path = "/organisations/{organisation}/projects/{project}/environments/{environment}/revisions";
const tag = "Revisions";

export const revisionsRouter = router({
  list: environmentProcedure("VIEW_ENVIRONMENT")
    .meta({ rest: { method: "GET", path, summary: "List an environment's revisions, the newest first", tag } })
    .input(listRevisionsInput)
    .output(revisionPage)
    .query(({ ctx, input }) => listRevisions(ctx.db, ctx.environment.id, input)),

  get: environmentProcedure("VIEW_ENVIRONMENT")
    .meta({ rest: { method: "GET", path: `${path}/{version}`, summary: "Get a revision and what it changed", tag } })
    .input(getRevisionInput)
    .output(revision)
    .query(({ ctx, input }) => getRevision(ctx.db, ctx.environment.id, input.version)),
});
