// The least a Node server can do: it reads the request and answers with the same status, headers and one buffer each time.
// Reads `{ status, headers, body, statement, url }` from standard input, the body in base64; prints its address.
// With a `statement`, each request runs it first, prepared, with the request's `identifier` and a number as parameters.
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import pg from "pg";

const { status, headers, body: encoded, statement, url } = await json(process.stdin);
const body = Buffer.from(encoded, "base64");
const pool = statement === undefined ? undefined : new pg.Pool({ connectionString: url, max: 10 });
await pool?.query("create table if not exists bare (identifier text primary key, value text not null)");
let count = 0;

const server = createServer((request, response) => {
  const answer = () => response.writeHead(status, headers).end(body);
  if (request.method === "GET") {
    answer();
    return;
  }
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const text = Buffer.concat(parts);
    if (pool === undefined) answer();
    else
      pool
        .query({ name: "bare", text: statement, values: [JSON.parse(text.toString()).identifier, String(count++)] })
        .then(answer, (error) => response.writeHead(500).end(String(error)));
  });
}).listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
