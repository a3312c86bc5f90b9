/**
 * MD5 (RFC 1321) of a text's UTF-8 bytes, because Flagsmith's buckets are made of it; nothing here is a secret.
 * One block and one state for the whole module: hashing allocates nothing, and nothing in it can call back in.
 */
const block = new DataView(new ArrayBuffer(64));
const constants = new DataView(new ArrayBuffer(256));
for (let i = 0; i < 64; i++) constants.setUint32(i * 4, Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));

let s0 = 0;
let s1 = 0;
let s2 = 0;
let s3 = 0;
let length = 0;

/**
 * The hash as a 128-bit unsigned number, modulo `modulus`.
 *
 * @param modulus at most 2^21, so that a remainder followed by 32 bits stays an exact double
 */
export function md5Modulo(text: string, modulus: number): number {
  s0 = 0x67452301;
  s1 = 0xefcdab89 | 0;
  s2 = 0x98badcfe | 0;
  s3 = 0x10325476;
  length = 0;
  putText(text);
  finish();
  let rest = bigEndian(s0) % modulus;
  rest = (rest * 2 ** 32 + bigEndian(s1)) % modulus;
  rest = (rest * 2 ** 32 + bigEndian(s2)) % modulus;
  return (rest * 2 ** 32 + bigEndian(s3)) % modulus;
}

/** A lone surrogate becomes U+FFFD, as in the Encoding standard. */
function putText(text: string): void {
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      put(code);
      continue;
    }
    if (code < 0x800) {
      put(0xc0 | (code >> 6));
      put(0x80 | (code & 0x3f));
      continue;
    }
    if (code >= 0xd800 && code < 0xe000) {
      const next = text.charCodeAt(i + 1);
      if (code < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
        i++;
        put(0xf0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3f));
        put(0x80 | ((code >> 6) & 0x3f));
        put(0x80 | (code & 0x3f));
        continue;
      }
      code = 0xfffd;
    }
    put(0xe0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3f));
    put(0x80 | (code & 0x3f));
  }
}

function put(byte: number): void {
  block.setUint8(length++ & 63, byte);
  if ((length & 63) === 0) compress();
}

function finish(): void {
  const bits = length * 8;
  put(0x80);
  while ((length & 63) !== 56) put(0);
  block.setUint32(56, bits, true);
  block.setUint32(60, bits / 2 ** 32, true);
  compress();
}

function bigEndian(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >> 8) & 0xff00) | (word >>> 24)) >>> 0;
}

/** The block's word at `word` plus the constant of step `step`. */
function input(word: number, step: number): number {
  return (block.getInt32((word & 15) << 2, true) + constants.getInt32(step << 2)) | 0;
}

function rotateAdd(base: number, sum: number, shift: number): number {
  return (base + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
}

function compress(): void {
  let a = s0;
  let b = s1;
  let c = s2;
  let d = s3;
  for (let i = 0; i < 16; i += 4) {
    a = rotateAdd(b, (a + ((b & c) | (~b & d)) + input(i, i)) | 0, 7);
    d = rotateAdd(a, (d + ((a & b) | (~a & c)) + input(i + 1, i + 1)) | 0, 12);
    c = rotateAdd(d, (c + ((d & a) | (~d & b)) + input(i + 2, i + 2)) | 0, 17);
    b = rotateAdd(c, (b + ((c & d) | (~c & a)) + input(i + 3, i + 3)) | 0, 22);
  }
  for (let i = 16; i < 32; i += 4) {
    a = rotateAdd(b, (a + ((d & b) | (~d & c)) + input(5 * i + 1, i)) | 0, 5);
    d = rotateAdd(a, (d + ((c & a) | (~c & b)) + input(5 * i + 6, i + 1)) | 0, 9);
    c = rotateAdd(d, (c + ((b & d) | (~b & a)) + input(5 * i + 11, i + 2)) | 0, 14);
    b = rotateAdd(c, (b + ((a & c) | (~a & d)) + input(5 * i + 16, i + 3)) | 0, 20);
  }
  for (let i = 32; i < 48; i += 4) {
    a = rotateAdd(b, (a + (b ^ c ^ d) + input(3 * i + 5, i)) | 0, 4);
    d = rotateAdd(a, (d + (a ^ b ^ c) + input(3 * i + 8, i + 1)) | 0, 11);
    c = rotateAdd(d, (c + (d ^ a ^ b) + input(3 * i + 11, i + 2)) | 0, 16);
    b = rotateAdd(c, (b + (c ^ d ^ a) + input(3 * i + 14, i + 3)) | 0, 23);
  }
  for (let i = 48; i < 64; i += 4) {
    a = rotateAdd(b, (a + (c ^ (b | ~d)) + input(7 * i, i)) | 0, 6);
    d = rotateAdd(a, (d + (b ^ (a | ~c)) + input(7 * i + 7, i + 1)) | 0, 10);
    c = rotateAdd(d, (c + (a ^ (d | ~b)) + input(7 * i + 14, i + 2)) | 0, 15);
    b = rotateAdd(c, (b + (d ^ (c | ~a)) + input(7 * i + 21, i + 3)) | 0, 21);
  }
  s0 = (s0 + a) | 0;
  s1 = (s1 + b) | 0;
  s2 = (s2 + c) | 0;
  s3 = (s3 + d) | 0;
}
