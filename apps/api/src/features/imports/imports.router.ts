import { importInput, importReport } from "@halyard/contracts/schemas";
import { projectProcedure, router } from "../../trpc.ts";
import { runImport } from "./imports.service.ts";

export const importsRouter = router({
  run: projectProcedure("IMPORT_FEATURES", "CREATE_FEATURE", "UPDATE_FEATURE_STATE")
    .meta({
      rest: {
        method: "POST",
        path: "/organisations/{organisation}/projects/{project}/imports",
        summary: "Import flags, a Flagsmith feature export, or a Flagsmith environment document",
        tag: "imports",
      },
    })
    .input(importInput)
    .output(importReport)
    .mutation(({ ctx, input: { organisation: _organisation, project: _project, ...wish } }) => runImport(ctx, wish)),
});
