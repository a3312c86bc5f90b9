import { expect, it } from "vitest";
import { createLog } from "./log.ts";

it("tells of a failed statement with its causes and without its parameters", () => {
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => void lines.push(line) });
  const cause = new Error("connection refused");
  const error = Object.assign(new Error("Failed query: select $1\nparams: secret-token,\nmore of it", { cause }), {
    params: ["secret-token"],
  });

  log.error({ err: error }, "a request failed");

  expect(lines.join("")).toContain("select $1");
  expect(lines.join("")).toContain("connection refused");
  expect(lines.join("")).not.toMatch(/secret-token|more of it/);
});
