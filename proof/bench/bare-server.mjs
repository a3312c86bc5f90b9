// The least a Node server can do: the same headers and one buffer for every request.
// Reads `{ headers, body }` from standard input, the body in base64; prints its address.
import { createServer } from "node:http";
import { json } from "node:stream/consumers";

const answer = await json(process.stdin);
const headers = answer.headers;
const body = Buffer.from(answer.body, "base64");

const server = createServer((_request, response) => {
  response.writeHead(200, headers);
  response.end(body);
}).listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
