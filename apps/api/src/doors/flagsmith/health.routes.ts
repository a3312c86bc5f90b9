import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { CORS, SPOKEN_VERSION } from "./headers.ts";
import type { DoorServices } from "./services.ts";

export function registerHealth(scope: FastifyInstance, { delivery }: DoorServices): void {
  const isAlive = (_request: FastifyRequest, reply: FastifyReply) => reply.headers(CORS).send({ status: "ok" });
  const isReady = async (_request: FastifyRequest, reply: FastifyReply) => {
    const ready = await delivery.isReady();
    return reply
      .code(ready ? 200 : 503)
      .headers(CORS)
      .send({ status: ready ? "ok" : "unavailable" });
  };
  const version = (_request: FastifyRequest, reply: FastifyReply) =>
    reply.headers(CORS).send({
      ci_commit_sha: "unknown",
      image_tag: "halyard",
      has_email_provider: false,
      is_enterprise: false,
      is_saas: false,
      self_hosted_data: null,
      package_versions: { ".": SPOKEN_VERSION },
    });
  for (const slash of ["", "/"]) {
    scope.get(`/version${slash}`, version);
    scope.get(`/health/liveness${slash}`, isAlive);
    scope.get(`/health/readiness${slash}`, isReady);
    scope.get(`/health${slash}`, isReady);
  }
}
