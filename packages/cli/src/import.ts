import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { type ImportReport, importReport } from "@halyard/contracts/schemas";
import { Failure, post } from "./rest.ts";

export interface ImportOptions {
  readonly project: string;
  readonly url: string;
  readonly apiKey: string;
  readonly format?: string;
  readonly duplicates: string;
  readonly existing: string;
  readonly environment?: string;
  readonly environmentName?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

export async function runImport(file: string, { project: place, url, apiKey, json, ...options }: ImportOptions): Promise<void> {
  const [organisation, project, ...rest] = place.split("/");
  if (!organisation || !project || rest.length > 0)
    throw new Failure("--project takes <organisation>/<project>, as in the dashboard's address.");
  const data = await readJson(file);
  const path = `/organisations/${encodeURIComponent(organisation)}/projects/${encodeURIComponent(project)}/imports`;
  const report = importReport.parse(await post({ url, apiKey }, path, { ...options, data }));
  console.log(json ? JSON.stringify(report, null, 2) : describe(report));
}

async function readJson(file: string): Promise<unknown> {
  const content = await (file === "-" ? text(process.stdin) : readFile(file, "utf8")).catch(() => {
    throw new Failure(`There is no file ${file} that can be read.`);
  });
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new Failure(`${file} is not JSON: ${error instanceof Error ? error.message : "unknown"}`);
  }
}

/** A line per entry that is not plainly created, and the sums. */
export function describe(report: ImportReport): string {
  const lines = report.entries
    .filter((it) => it.action !== "created" || it.note !== null)
    .map((it) => `  ${it.action.padEnd(8)} ${it.kind} ${it.name} (${it.path})${it.note === null ? "" : `: ${it.note}`}`);
  const sums = `${report.created} created, ${report.updated} updated, ${report.skipped} skipped`;
  const head = report.dryRun ? `Dry run, nothing was changed: ${sums}` : `Imported: ${sums}`;
  return [head, ...lines, ...report.notes.map((it) => `  note: ${it}`)].join("\n");
}
