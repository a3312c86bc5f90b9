// The least a broadcast can be: `ws` servers, and one buffer sent to everybody. Prints nothing; talks over IPC.
// Reads `{ body }` in base64 as its first message and answers with its address; each `send` sends it to all.
import { WebSocketServer } from "ws";

process.once("message", ({ body }) => {
  const bytes = Buffer.from(body, "base64");
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false }, () =>
    process.send({ url: `ws://127.0.0.1:${server.address().port}/` }),
  );
  process.on("message", (message) => {
    if (message !== "send") return;
    for (const client of server.clients) client.send(bytes, { binary: false });
    process.send("sent");
  });
});
process.on("disconnect", () => process.exit());
