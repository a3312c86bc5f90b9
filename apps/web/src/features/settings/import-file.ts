import { LIMITS } from "@halyard/contracts";

export type ReadFile = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: string };

const megabytes = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** The JSON of a pasted or chosen file, or what is wrong with it. */
export function readJson(text: string): ReadFile {
  if (text.trim() === "") return { ok: false, error: "Paste the file's JSON, or choose the file." };
  const bytes = new Blob([text]).size;
  if (bytes > LIMITS.importBytes) {
    const most = megabytes.format(LIMITS.importBytes / 1e6);
    return { ok: false, error: `This file has ${megabytes.format(bytes / 1e6)} MB; at most ${most} MB can be imported at once.` };
  }
  try {
    return { ok: true, data: JSON.parse(text) };
  } catch (error) {
    return { ok: false, error: `This is not JSON: ${error instanceof Error ? error.message : "it cannot be read"}.` };
  }
}
