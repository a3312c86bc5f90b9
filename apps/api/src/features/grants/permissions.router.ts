import { ownPermissions, ownPermissionsInput } from "@halyard/contracts/schemas";
import { organisationProcedure, router } from "../../trpc.ts";
import { readOwnPermissions } from "./own-permissions.ts";

export const permissionsRouter = router({
  mine: organisationProcedure("VIEW_ORGANISATION")
    .meta({
      rest: {
        method: "GET",
        path: "/organisations/{organisation}/permissions",
        summary: "What you may do in an organisation, a project or an environment",
        tag: "Grants",
      },
    })
    .input(ownPermissionsInput)
    .output(ownPermissions)
    .query(({ ctx, input }) => readOwnPermissions(ctx, input)),
});
