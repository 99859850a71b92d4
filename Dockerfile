# Builds: `docker build -t mock-enode .`   Runs: `docker run --rm -p 3663:3663 mock-enode`
# The README's section "In a container" says the rest.
FROM node:24-bookworm-slim AS build
# better-sqlite3 is C++ and is compiled where no ready-made binary fits.
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
# Without the scripts, since `prepare` needs the sources; the one dependency that needs its script is named.
RUN npm ci --ignore-scripts && npm rebuild better-sqlite3
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY fixtures fixtures
# The first start stores what it compiled, for those of the image.
RUN npm run build && chmod +x dist/main.js && node dist/main.js exec -- true

FROM build AS production
# What a running server does not need: development packages, SQLite's sources and what the compiler left.
RUN npm prune --omit=dev --ignore-scripts \
  && cd node_modules/better-sqlite3 && rm -rf deps src build/Release/obj build/Release/obj.target build/Release/*.a

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="mock-enode" \
  org.opencontainers.image.description="A local, stateful twin of the Enode API" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.vendor="mock-enode contributors" \
  org.opencontainers.image.version="0.1.0" \
  org.opencontainers.image.base.name="docker.io/library/node:24-bookworm-slim"
ENV NODE_ENV=production MOCK_ENODE_HOST=0.0.0.0
WORKDIR /app
COPY package.json ./
COPY fixtures fixtures
COPY page page
COPY openapi/openapi.json openapi/openapi.json
COPY --from=production /app/node_modules node_modules
COPY --from=build /app/dist dist
RUN ln -s /app/dist/main.js /usr/local/bin/mock-enode && mkdir /data /certs && chown node:node /data /certs
USER node
# Used only when asked for: MOCK_ENODE_DATA=/data. For --tls there is /certs, where a volume finds its owner.
VOLUME /data
EXPOSE 3663
# Process 1 is the server, so that the check knows the flags behind the image's name.
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s --retries=3 CMD ["mock-enode", "healthcheck", "--pid", "1"]
# Exec form: SIGTERM arrives at the server itself.
ENTRYPOINT ["mock-enode"]
