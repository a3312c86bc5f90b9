/** How an environment looks everywhere it is named. Green, red and amber belong to states. */
export type EnvironmentLook = "production" | "staging" | "test" | "development";

export interface EnvironmentTab {
  readonly slug: string;
  readonly name: string;
  readonly look: EnvironmentLook;
  /** The mark's colour, chosen by people, such as `#3366cc`; the look's own without it. */
  readonly colour?: string | undefined;
}

export const ENVIRONMENT_TEXT: Record<EnvironmentLook, string> = {
  production: "text-env-prod",
  staging: "text-env-staging",
  test: "text-env-test",
  development: "text-env-dev",
};

export const ENVIRONMENT_FILL: Record<EnvironmentLook, string> = {
  production: "bg-env-prod",
  staging: "bg-env-staging",
  test: "bg-env-test",
  development: "bg-env-dev",
};

/** Production must be told by a word, so one that is called otherwise gets it beside its name. */
export const needsTheWord = (environment: EnvironmentTab): boolean =>
  environment.look === "production" && !/prod/i.test(environment.name);
