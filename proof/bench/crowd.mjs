// Many clients of one address in one process: bare TCP sockets that speak just enough WebSocket, so that the crowd costs little.
// Reads `{ url, count, from, messages, marker }` as its first message; says `ready` once every client has had an answer that
// holds the marker; then, for each `expect`, says when the first and the last client heard something new.
import { randomBytes } from "node:crypto";
import { connect } from "node:net";

/** Connections under way at once. */
const AT_ONCE = 50;
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);

/** A masked text frame; a mask of zeros leaves the text as it is. */
function frame(text) {
  const body = Buffer.from(text);
  const length = body.length < 126 ? [0x80 | body.length] : [0x80 | 126, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), body]);
}

const now = () => performance.timeOrigin + performance.now();

let waiting = 0;
let first = 0;
let heard = new Set();

function open({ url, messages, marker }, index) {
  const { hostname, port, pathname, search } = new URL(url);
  const lines = [
    `GET ${pathname}${search} HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    "Sec-WebSocket-Version: 13",
    "\r\n",
  ];
  const socket = connect(Number(port), hostname, () => socket.write(lines.join("\r\n")));
  socket.setNoDelay(true);
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("The server closed a connection.")));
  return new Promise((resolve) => {
    let isReady = false;
    let isUpgraded = false;
    socket.on("data", (bytes) => {
      if (isReady) hear(socket, bytes);
      else if (!isUpgraded && bytes.includes("101 Switching")) {
        isUpgraded = true;
        socket.write(Buffer.concat(messages.map((text) => frame(text.replaceAll("{n}", String(index))))));
      }
      if (!isReady && isUpgraded && (marker === "" || bytes.includes(marker))) {
        isReady = true;
        resolve();
      }
    });
  });
}

function hear(socket, bytes) {
  // A ping may come together with other frames; an answer to none does no harm.
  if (bytes.includes(0x89)) socket.write(PONG);
  if (waiting > 0 && isNews(bytes) && !heard.has(socket)) {
    heard.add(socket);
    if (heard.size === 1) first = now();
    if (heard.size === waiting) {
      waiting = 0;
      process.send({ first, last: now() });
    }
  }
}

/** Heartbeats and pings are none, and may come in one piece with what is. */
function isNews(bytes) {
  if (bytes.length <= 2) return false;
  return !bytes.includes('"heartbeat"') || bytes.includes('"delta"') || bytes.includes('"changes"');
}

function fail(error) {
  console.error(error);
  process.exit(1);
}

process.once("message", async (wish) => {
  for (let opened = 0; opened < wish.count; opened += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, wish.count - opened) }, (_, n) => open(wish, wish.from + opened + n));
    await Promise.all(some);
  }
  process.on("message", (message) => {
    if (message !== "expect") return;
    heard = new Set();
    waiting = wish.count;
    process.send("expecting");
  });
  process.send("ready");
});
process.on("disconnect", () => process.exit());
