import type { ErrorBody } from "@halyard/contracts";
import { ERROR_STATUS } from "@halyard/contracts";
import { afterEach, vi } from "vitest";

/** What a procedure answers to an input; `refuse` makes it refuse. */
export type Answers = Readonly<Record<string, (input: never) => unknown>>;

class Refusal {
  readonly body: ErrorBody;
  constructor(body: ErrorBody) {
    this.body = body;
  }
}

export const refuse = (body: ErrorBody): Refusal => new Refusal(body);

export interface Asked {
  readonly path: string;
  readonly input: unknown;
}

function respond(answer: unknown): Response {
  if (!(answer instanceof Refusal)) return Response.json({ result: { data: answer ?? null } });
  const status = ERROR_STATUS[answer.body.code];
  const error = { message: answer.body.message, code: -32_000, data: answer.body };
  return Response.json({ error }, { status });
}

/**
 * Stands in for the network under the real client: each procedure answers as the server would.
 *
 * @returns every request so far, in order; what has no answer is `not_found`
 */
export function serve(answers: Answers): readonly Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", (url: string | URL, init: RequestInit = {}) => {
    const { pathname, searchParams } = new URL(url, "http://localhost");
    const path = pathname.replace(/^\/trpc\//, "");
    const text = typeof init.body === "string" ? init.body : searchParams.get("input");
    const input: unknown = text === null ? undefined : JSON.parse(text);
    asked.push({ path, input });
    const answer = answers[path] as ((input: unknown) => unknown) | undefined;
    return Promise.resolve(respond(answer ? answer(input) : refuse({ code: "not_found", message: `No ${path} here.` })));
  });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
});
