import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/** A fresh API key of the product's form, for a first start without a person. */
export function makeApiKey(): string {
  const head = `hal_${letters(12)}_${letters(40)}`;
  return `${head}_${(crc32(head) >>> 0).toString(16).padStart(8, "0")}`;
}

function letters(count: number): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  return [...randomBytes(count)].map((byte) => alphabet[byte % alphabet.length]).join("");
}
