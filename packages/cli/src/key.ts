import { randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

const LOWER = "0123456789abcdefghijklmnopqrstuvwxyz";
const BASE62 = `${LOWER}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/** `hal_<id>_<secret>_<checksum>`; the checksum is CRC-32 of all before it. The secret has 256 bits. */
export function makeApiKey(): string {
  const body = `hal_${random(LOWER, 12)}_${random(BASE62, 43)}`;
  return `${body}_${crc32(body).toString(16).padStart(8, "0")}`;
}

const random = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
