import {
  createdEnvironmentKey,
  environment,
  environmentKey,
  flagDetail,
  flagPage,
  flagSummary,
  identityDetail,
  importReport,
  organisation,
  project,
  segmentSummary,
} from "@halyard/contracts/schemas";
import type { JsonValue, Rule } from "@halyard/evaluator/model";
import type { Stack } from "./stack.ts";

/** An environment by its slugs. */
export interface Place {
  readonly organisation: string;
  readonly project: string;
  readonly environment: string;
}

export interface NewFlag {
  readonly key: string;
  readonly description?: string;
  readonly valueType?: "boolean" | "string" | "number" | "json";
  readonly enabled?: boolean;
  readonly value?: JsonValue;
  readonly variants?: readonly { readonly key: string; readonly value: JsonValue; readonly weight: number }[];
}

export type Management = ReturnType<typeof connect>;

/** The REST API with the stack's API key, as far as the proofs need it. Every answer is checked against its contract. */
export async function connectManagement({ url, apiKey }: Pick<Stack, "url" | "apiKey">) {
  const call = createCall(url, apiKey);
  const [home] = organisation.array().parse(await call("GET", "/organisations"));
  if (!home) throw new Error("A first start with an API key makes an organisation.");
  return connect(call, home.slug);
}

function connect(call: ReturnType<typeof createCall>, home: string) {
  const ofProject = (at: Place) => `/organisations/${at.organisation}/projects/${at.project}`;
  const ofEnvironment = (at: Place) => `${ofProject(at)}/environments/${at.environment}`;
  const createKey = async (at: Place, kind: "client" | "server") =>
    createdEnvironmentKey.parse(await call("POST", `${ofEnvironment(at)}/keys`, { kind, name: "Proof" })).key;

  return {
    organisation: home,
    projects: async () => project.array().parse(await call("GET", `/organisations/${home}/projects`)),
    environments: async (slug: string) =>
      environment.array().parse(await call("GET", `/organisations/${home}/projects/${slug}/environments`)),

    /** @returns its first environment */
    async createProject(name: string): Promise<Place> {
      const made = project.parse(await call("POST", `/organisations/${home}/projects`, { name }));
      const [first] = await this.environments(made.slug);
      if (!first) throw new Error("A new project has environments.");
      return { organisation: home, project: made.slug, environment: first.slug };
    },

    flags: async (at: Place) => flagPage.parse(await call("GET", `${ofEnvironment(at)}/flags?limit=100`)).items,
    createFlag: async (at: Place, flag: NewFlag) => flagSummary.parse(await call("POST", `${ofProject(at)}/flags`, flag)),
    setEnabled: async (at: Place, flag: string, enabled: boolean) =>
      flagDetail.parse(await call("PUT", `${ofEnvironment(at)}/flags/${flag}/enabled`, { enabled })),

    setSegmentOverride: async (
      at: Place,
      { flag, segment, value }: { readonly flag: string; readonly segment: string; readonly value: JsonValue },
    ) =>
      flagDetail.parse(
        await call("PUT", `${ofEnvironment(at)}/flags/${flag}/segment-overrides/${segment}`, { enabled: true, value }),
      ),
    /** A list of flags, as the command line sends a file of them. */
    importFlags: async (at: Place, data: readonly { readonly name: string }[]) =>
      importReport.parse(await call("POST", `${ofProject(at)}/imports`, { data })),

    createSegment: async (at: Place, segment: { readonly name: string; readonly rules: readonly Rule[] }) =>
      segmentSummary.parse(await call("POST", `${ofProject(at)}/segments`, segment)),
    createIdentity: async (at: Place, identifier: string, traits: Readonly<Record<string, string | number | boolean>>) =>
      identityDetail.parse(await call("POST", `${ofEnvironment(at)}/identities`, { identifier, traits })),

    async clientKey(at: Place): Promise<string> {
      const keys = environmentKey.array().parse(await call("GET", `${ofEnvironment(at)}/keys`));
      return keys.find((it) => it.kind === "client" && it.revokedAt === null)?.preview ?? createKey(at, "client");
    },
    /** Server keys are shown once, so this makes one each time. */
    serverKey: (at: Place) => createKey(at, "server"),
  };
}

function createCall(url: string, apiKey: string) {
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/rest/v1${path}`, {
      method,
      headers: { authorization: `Api-Key ${apiKey}`, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
}
