import type { Acting } from "./context.ts";
import type { Environment, Project } from "./scope.ts";

/** What a verb needs that works in one project; the context of every `projectProcedure` is one. */
export interface InProject extends Acting {
  readonly project: Pick<Project, "id" | "organisationId">;
}

/** The same for one environment of it. */
export interface InEnvironment extends InProject {
  readonly environment: Pick<Environment, "id" | "slug">;
}
