import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { isRecord } from "../json.ts";

export interface Peer {
  /** Everything the client sent, parsed; texts that are no JSON as they are. */
  readonly received: unknown[];
  /** Inputs of its subscriptions, oldest first. */
  readonly inputs: Record<string, unknown>[];
  readonly isOpen: () => boolean;
  /** Sends an event to the newest subscription, or to that with this id. */
  readonly event: (event: object, id?: number) => void;
  readonly raw: (text: string) => void;
  readonly close: (code: number, reason?: string) => void;
  /** Half of a frame, and then nothing more. */
  readonly breakInFrame: (text: string) => void;
  readonly key: () => unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Nothing is ever answered. */
  readonly isHanging?: boolean;
}

/** An answer of server-sent events that has begun. */
export interface EventStream {
  readonly input: Record<string, unknown>;
  readonly isOpen: () => boolean;
  readonly event: (event: object) => void;
  /** Bytes as they are, in one piece of TCP. */
  readonly raw: (bytes: string | Uint8Array) => void;
  readonly end: () => void;
  readonly cut: () => void;
}

export interface Poll {
  readonly path: string;
  readonly key: string | undefined;
  readonly input: Record<string, unknown>;
}

export interface FaultServer {
  readonly url: string;
  readonly peers: Peer[];
  readonly polls: Poll[];
  /** Requests for server-sent events, also those refused. */
  readonly streamRequests: Poll[];
  readonly streams: EventStream[];
  /** Upgrades asked for, also those refused. */
  readonly attempts: () => number;
  /** What the nth upgrade gets, from 1: a status, silence, or a socket. */
  upgrade: (attempt: number) => Answer | "hang" | "accept";
  /** What a new subscription gets, after `started`. */
  subscribed: (peer: Peer, input: Record<string, unknown>) => void;
  /** What the nth request for server-sent events gets, from 1. An old server knows none. */
  streamed: (request: Poll, attempt: number) => Answer | "hang" | "accept";
  /** What comes first on a stream of server-sent events. */
  streaming: (stream: EventStream) => void;
  /** Answer to the nth request over HTTP, from 1. */
  polled: (request: Poll, attempt: number) => Answer;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** A server of the wire protocol that fails as told. */
export async function startFaultServer(port = 0): Promise<FaultServer> {
  const http = createServer((request, response) => void answerPoll(request, response));
  const sockets = new WebSocketServer({ noServer: true });
  const open = new Set<Duplex>();
  let attempts = 0;

  http.on("connection", (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const answer = server.upgrade(++attempts);
    if (answer === "hang") return;
    if (answer === "accept") {
      sockets.handleUpgrade(request, socket, head, accept);
      return;
    }
    const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${answer.status} No\r\nConnection: close\r\n${headers.join("")}\r\n`);
  });

  async function answerPoll(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const input: unknown = JSON.parse(text);
    const poll = {
      path: request.url ?? "",
      key: request.headers["x-environment-key"]?.toString(),
      input: isRecord(input) ? input : {},
    };
    if (poll.path.startsWith("/stream/sse/")) {
      answerStream(poll, response);
      return;
    }
    server.polls.push(poll);
    const { status, body, headers, isHanging } = server.polled(poll, server.polls.length);
    if (isHanging) return;
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body ?? {}));
  }

  function answerStream(request: Poll, response: ServerResponse): void {
    server.streamRequests.push(request);
    const answer = server.streamed(request, server.streamRequests.length);
    if (answer === "hang") return;
    if (answer !== "accept") {
      response.writeHead(answer.status, answer.headers).end(JSON.stringify(answer.body ?? {}));
      return;
    }
    response.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders();
    response.socket?.setNoDelay(true);
    const stream: EventStream = {
      input: request.input,
      isOpen: () => !response.destroyed,
      event: (event) => stream.raw(`id: ${String(Reflect.get(event, "position"))}\ndata: ${JSON.stringify(event)}\n\n`),
      raw: (bytes) => void response.write(bytes),
      end: () => void response.end(),
      cut: () => void response.destroy(),
    };
    server.streams.push(stream);
    server.streaming(stream);
  }

  function accept(socket: WebSocket): void {
    const ids: number[] = [];
    const peer: Peer = {
      received: [],
      inputs: [],
      isOpen: () => socket.readyState === socket.OPEN,
      event(event, id = ids.at(-1)) {
        const position: unknown = Reflect.get(event, "position");
        socket.send(JSON.stringify({ id, result: { type: "data", data: { id: position, data: event }, id: position } }));
      },
      raw: (text) => socket.send(text),
      close: (code, reason) => socket.close(code, reason),
      breakInFrame(text) {
        const payload = Buffer.from(text);
        const frame = Buffer.concat([Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]), payload]);
        const tcp = Reflect.get(socket, "_socket") as Duplex;
        tcp.write(frame.subarray(0, Math.floor(frame.length / 2)), () => tcp.destroy());
      },
      key: () => peer.received.find(isRecord)?.["data"],
    };
    server.peers.push(peer);
    socket.on("message", (data: Buffer) => {
      const text = data.toString();
      const message: unknown = text.startsWith("{") ? JSON.parse(text) : text;
      peer.received.push(message);
      if (!isRecord(message) || message["method"] !== "subscription") return;
      ids.push(Number(message["id"]));
      const params = isRecord(message["params"]) ? message["params"] : {};
      const input = isRecord(params["input"]) ? params["input"] : {};
      peer.inputs.push(input);
      socket.send(JSON.stringify({ id: message["id"], result: { type: "started" } }));
      server.subscribed(peer, input);
    });
  }

  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  const address = http.address();
  const server: FaultServer = {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    peers: [],
    polls: [],
    streamRequests: [],
    streams: [],
    attempts: () => attempts,
    upgrade: () => "accept",
    subscribed: () => {},
    streamed: () => ({ status: 404 }),
    streaming: () => {},
    polled: () => ({ status: 503 }),
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}
