import { Readable } from "node:stream";
import { type auditEvent, exportAuditInput } from "@halyard/contracts/schemas";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { appRouter } from "../router.ts";
import { createCallerFactory, toTRPCError } from "../trpc.ts";
import { answerTRPCError, REST_PREFIX } from "./rest.routes.ts";
import { createHttpContext, type TrpcOptions } from "./trpc.routes.ts";

type Event = z.output<typeof auditEvent>;

const createCaller = createCallerFactory(appRouter);
const PAGE = 100;
const COLUMNS = [
  "id",
  "at",
  "actor",
  "actorRef",
  "action",
  "subject",
  "project",
  "environment",
] as const satisfies (keyof Event)[];
const TYPE = { jsonl: "application/x-ndjson; charset=utf-8", csv: "text/csv; charset=utf-8" };

/** The whole log, or what the filters of `audit.list` leave of it, as a file: page by page, as the reader takes it. */
export function registerAuditExport(scope: FastifyInstance, options: TrpcOptions): void {
  scope.get<{ Params: { organisation: string }; Querystring: Record<string, unknown> }>(
    `${REST_PREFIX}/organisations/:organisation/audit-events/export`,
    async (request, reply) => {
      try {
        const { format, ...filters } = exportAuditInput.parse({ ...request.query, ...request.params });
        const caller = createCaller(await createHttpContext(request, options));
        const list = (after: string | undefined) =>
          caller.audit.list({ ...filters, limit: PAGE, ...(after !== undefined && { after }) });
        // The first page is read before anything is sent, so that a refusal is a status and not half a file.
        const first = await list(undefined);
        const name = `audit-${filters.organisation}-${new Date().toISOString().slice(0, 10)}.${format}`;
        return await reply
          .header("cache-control", "no-store")
          .header("content-type", TYPE[format])
          .header("content-disposition", `attachment; filename="${name}"`)
          .send(Readable.from(linesOf(first, list, format)));
      } catch (error) {
        return answerTRPCError(error instanceof z.ZodError ? toInputError(error) : error, reply);
      }
    },
  );
}

const toInputError = (error: z.ZodError) => Object.assign(toTRPCError(error), { code: "BAD_REQUEST" as const, cause: error });

interface Page {
  readonly items: readonly Event[];
  readonly next: string | null;
}

async function* linesOf(
  first: Page,
  list: (after: string) => Promise<Page>,
  format: keyof typeof TYPE,
): AsyncGenerator<string, void> {
  if (format === "csv") yield `${COLUMNS.join(",")}\r\n`;
  const toLine = format === "csv" ? csvLine : (event: Event) => `${JSON.stringify(event)}\n`;
  for (let page = first; ; page = await list(page.next)) {
    yield page.items.map(toLine).join("");
    if (page.next === null) return;
  }
}

/** RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe in front. */
function csvLine(event: Event): string {
  const cells = COLUMNS.map((column) => {
    const text = String(event[column] ?? "");
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${cells.join(",")}\r\n`;
}
