import type { FastifyRequest } from "fastify";
import type { Limits } from "../limits/index.ts";
import { addressKey } from "../limits/index.ts";

type Request = Pick<FastifyRequest, "ip" | "body">;

/** Counts an attempt before anything else is done with it. @throws AppError `rate_limited` */
export async function limitAuth(limits: Limits, name: string, request: Request): Promise<void> {
  const address = addressKey(request.ip);
  const account = accountOf(request);
  switch (name) {
    case "/sign-in/email":
      await limits.take("sign-in:address", address);
      if (account !== undefined) await limits.take("sign-in:account", account);
      return;
    case "/sign-up/email":
    case "/request-password-reset":
    case "/send-verification-email":
      await limits.take("mail:address", address);
      if (account !== undefined) await limits.take("mail:account", account);
      return;
    case "/reset-password":
    case "/verify-email":
      return limits.take("token:address", address);
    case "/change-password":
      return limits.take("sign-in:address", address);
    default:
      if (name.startsWith("/two-factor/")) await limits.take("code:address", address);
  }
}

/** A right password takes back what wrong ones before it counted. */
export async function signedIn(limits: Limits, name: string, request: Request): Promise<void> {
  const account = accountOf(request);
  if (name === "/sign-in/email" && account !== undefined) await limits.forgive("sign-in:account", account);
}

/** Every spelling of an address that means the same account. */
function accountOf({ body }: Request): string | undefined {
  const email = typeof body === "object" && body !== null && "email" in body ? body.email : undefined;
  return typeof email === "string" ? email.trim().toLowerCase().slice(0, 320) : undefined;
}
