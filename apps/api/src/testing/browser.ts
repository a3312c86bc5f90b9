import type { Answer, TestServer } from "./server.ts";

type Address = Pick<TestServer, "address" | "askPlainly">;

/** Keeps cookies and names the page's origin, as a browser does. Each has an address of its own, for servers behind a proxy. */
export function openBrowser(server: Address, from = randomAddress()) {
  const jar = new Map<string, string>();
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await server.askPlainly(method, path, {
      ...(body !== undefined && { body }),
      headers: {
        origin: server.address,
        "x-forwarded-for": from,
        "user-agent": "A browser",
        ...(jar.size > 0 && { cookie: cookie() }),
      },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";");
      const [name = "", value = ""] = pair.split(/=(.*)/s, 2);
      const isOver = value === "" || attributes.some((it) => /^ *max-age=0$/i.test(it));
      if (isOver) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  return {
    jar,
    cookie,
    get: (path: string) => send("GET", path),
    post: (path: string, body: unknown = {}) => send("POST", path, body),
    send,
    signIn: (email: string, password: string) => send("POST", "/api/auth/sign-in/email", { email, password }),
    /** Who the product takes this browser for. */
    me: async () => (await send("GET", "/rest/v1/me")).status,
  };
}

export type Browser = ReturnType<typeof openBrowser>;

const part = () => Math.floor(Math.random() * 254) + 1;
export const randomAddress = (): string => `10.${part()}.${part()}.${part()}`;
