import { liveInput } from "@halyard/contracts/schemas";
import { projectProcedure, router } from "../../trpc.ts";
import { followProject } from "./live.service.ts";

export const liveRouter = router({
  /** Who may see the project is asked when it begins, and then every few seconds. What happens between two connections is not told again: read anew. */
  project: projectProcedure("VIEW_PROJECT")
    .input(liveInput)
    .subscription(({ ctx, signal }) => followProject(ctx, signal)),
});
