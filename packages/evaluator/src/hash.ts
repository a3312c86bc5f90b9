import { addBlock } from "./md5-block.ts";

/**
 * MD5 (RFC 1321) of a text's UTF-8 bytes, because Flagsmith's buckets are made of it; nothing here is a secret.
 * One block and one state for the whole module: hashing allocates nothing, and nothing in it can call back in.
 */
const START = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
const state = new Int32Array(4);
const block = new Int32Array(16);
/** Bytes so far, and those of them that do not fill a word of the block yet. */
let length = 0;
let word = 0;

/**
 * The hash as a 128-bit unsigned number, modulo `modulus`.
 *
 * @param modulus at most 2^15, so that a remainder followed by 16 bits stays a 31-bit integer
 */
export function md5Modulo(text: string, modulus: number): number {
  digest(text);
  let rest = 0;
  for (let i = 0; i < 4; i++) rest = fold(rest, state[i] ?? 0, modulus);
  return rest;
}

/** The hash as 32 hexadecimal digits. */
export function md5Hex(text: string): string {
  digest(text);
  let hex = "";
  for (const bytes of state)
    for (let shift = 0; shift < 32; shift += 8) hex += ((bytes >>> shift) & 0xff).toString(16).padStart(2, "0");
  return hex;
}

function digest(text: string): void {
  state.set(START);
  length = 0;
  word = 0;
  for (let i = putAscii(text); i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      put(unit);
    } else if (unit < 0x800) {
      put(0xc0 | (unit >> 6));
      put(0x80 | (unit & 0x3f));
    } else if (isSurrogate(unit) && unit < 0xdc00 && isTrailing(text.charCodeAt(i + 1))) {
      const code = 0x10000 + ((unit - 0xd800) << 10) + (text.charCodeAt(++i) - 0xdc00);
      put(0xf0 | (code >> 18));
      put(0x80 | ((code >> 12) & 0x3f));
      put(0x80 | ((code >> 6) & 0x3f));
      put(0x80 | (code & 0x3f));
    } else {
      // A lone surrogate becomes U+FFFD, as in the Encoding standard.
      const code = isSurrogate(unit) ? 0xfffd : unit;
      put(0xe0 | (code >> 12));
      put(0x80 | ((code >> 6) & 0x3f));
      put(0x80 | (code & 0x3f));
    }
  }
  finish();
}

/** Puts whole words of ASCII, which nearly all ids are, and returns where it stopped. */
function putAscii(text: string): number {
  let i = 0;
  for (; i + 4 <= text.length; i += 4) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = text.charCodeAt(i + 2);
    const d = text.charCodeAt(i + 3);
    if ((a | b | c | d) >= 0x80) break;
    putWord(a | (b << 8) | (c << 16) | (d << 24));
  }
  return i;
}

function put(byte: number): void {
  word |= byte << ((length & 3) << 3);
  if ((length & 3) < 3) {
    length++;
    return;
  }
  length -= 3;
  putWord(word);
  word = 0;
}

function putWord(bytes: number): void {
  block[(length & 63) >> 2] = bytes;
  length += 4;
  if ((length & 63) === 0) addBlock(state, block);
}

function finish(): void {
  const bits = length * 8;
  put(0x80);
  while ((length & 3) !== 0) put(0);
  while ((length & 63) !== 56) putWord(0);
  putWord(bits);
  putWord(Math.floor(bits / 2 ** 32));
}

/** Appends a little-endian word's bytes to a remainder, 16 bits at a time: integers, as the modulus of doubles is slow. */
function fold(rest: number, bytes: number, modulus: number): number {
  const high = ((bytes & 0xff) << 8) | ((bytes >> 8) & 0xff);
  const low = ((bytes >> 8) & 0xff00) | (bytes >>> 24);
  return (((((rest << 16) | high) % modulus) << 16) | low) % modulus;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xe000;
}

/** False for the NaN behind the end of a text. */
function isTrailing(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
