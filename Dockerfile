# syntax=docker/dockerfile:1
# Built from the repository's top: docker build -t halyard .

FROM node:24-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json ./
COPY apps/api/package.json apps/api/
COPY apps/web/package.json apps/web/
COPY packages/cli/package.json packages/cli/
COPY packages/contracts/package.json packages/contracts/
COPY packages/db/package.json packages/db/
COPY packages/evaluator/package.json packages/evaluator/
COPY packages/sdk/package.json packages/sdk/
COPY proof/package.json proof/

FROM manifests AS build
ENV TURBO_TELEMETRY_DISABLED=1
RUN npm ci --no-audit --no-fund
COPY . .
RUN npx turbo run build --filter=@halyard/api --filter=@halyard/web

# What the bundle leaves outside: npm packages of the API and of the packages in it, without tools and optional peers.
# The compiler is only a peer for tRPC's types, and our own packages are in the bundle already.
FROM manifests AS production
RUN npm ci --omit=dev --omit=optional --omit=peer --workspace=@halyard/api --no-audit --no-fund \
  && rm -rf node_modules/typescript node_modules/@halyard

FROM node:24-slim
LABEL org.opencontainers.image.title="Halyard" org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000 HALYARD_DATA_DIR=/data
RUN mkdir /data && chown node:node /data
COPY LICENSE ./
COPY --from=production /app/node_modules ./node_modules
COPY --from=production /app/apps/api/package.json ./apps/api/
COPY packages/db/migrations ./packages/db/migrations
COPY --from=build /app/apps/web/dist ./apps/web/dist
COPY --from=build /app/apps/api/dist ./apps/api/dist
USER node
VOLUME /data
EXPOSE 8000
# Alive, not ready: a lost database must not restart a process that still serves flags from memory.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/liveness/`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "apps/api/dist/main.js"]
