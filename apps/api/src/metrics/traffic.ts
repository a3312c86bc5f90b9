import type { FastifyInstance } from "fastify";

/** Answers by the first digit of their status. A plain list: whoever answers past the router counts in passing. */
export type Answers = number[];

/** How much is asked, by door. */
export interface Traffic {
  readonly byDoor: ReadonlyMap<string, Answers>;
  /** Counts whatever is routed from now on. */
  countRouted(http: FastifyInstance): void;
  answersOf(door: string): Answers;
}

/** Doors by how their addresses begin; what begins in no such way is the dashboard's. */
const DOORS: readonly (readonly [RegExp, string])[] = [
  [/^\/(trpc|rest|api\/auth)(\/|$)/, "management"],
  [/^\/(api|sse)(\/|$)/, "flagsmith"],
  [/^\/+ofrep(\/|$)/, "ofrep"],
  [/^\/stream(\/|$)/, "stream"],
  [/^\/(health|version)(\/|$)/, "health"],
];
const OTHERS = "dashboard";

export const count = (answers: Answers | undefined, status: number): void => {
  if (answers) answers[Math.floor(status / 100)] = (answers[Math.floor(status / 100)] ?? 0) + 1;
};

export function createTraffic(): Traffic {
  const byDoor = new Map([...DOORS.map(([, door]) => door), OTHERS].map((door): [string, Answers] => [door, [0, 0, 0, 0, 0, 0]]));
  /** By the route's address as it was registered: there are few. */
  const byRoute = new Map<string | undefined, Answers>();

  const answersOf = (door: string): Answers => byDoor.get(door) ?? [];
  const ofRoute = (url: string | undefined): Answers => {
    const known = byRoute.get(url);
    if (known) return known;
    const found = answersOf(DOORS.find(([form]) => form.test(url ?? ""))?.[1] ?? OTHERS);
    byRoute.set(url, found);
    return found;
  };

  return {
    byDoor,
    answersOf,
    countRouted(http) {
      http.addHook("onResponse", (request, reply, done) => {
        count(ofRoute(request.routeOptions.url), reply.raw.statusCode);
        done();
      });
    },
  };
}
