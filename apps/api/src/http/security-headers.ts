import type { FastifyHelmetOptions } from "@fastify/helmet";

/** For the dashboard and the management API; SDK doors do without, they answer no page. */
export function securityHeaders(baseUrl: string): FastifyHelmetOptions {
  const isSecure = baseUrl.startsWith("https:");
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Safari does not count WebSockets of the same host as 'self'.
        connectSrc: ["'self'", "ws:", "wss:"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'", "data:"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        scriptSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // On plain http these would promise what cannot be held, and browsers complain.
    hsts: isSecure && { maxAge: 31_536_000, includeSubDomains: true },
    crossOriginOpenerPolicy: isSecure,
    originAgentCluster: isSecure,
    referrerPolicy: { policy: "same-origin" },
  };
}
