import { isIPv4, isIPv6 } from "node:net";

const V4_IN_V6 = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/**
 * What counts as one address: one of IPv4, or a network of 64 bits of IPv6, as its owner has all 2^64 of it. Every spelling of an
 * address gives the same.
 */
export function addressKey(address: string): string {
  if (isIPv4(address)) return address;
  const [plain = ""] = address.split("%", 1);
  if (!isIPv6(plain)) return address;
  // The URL parser writes an address in its one canonical form.
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [, high, low] = V4_IN_V6.exec(canonical) ?? [];
  if (high !== undefined && low !== undefined) return toV4(Number.parseInt(high, 16), Number.parseInt(low, 16));
  const [head = "", tail] = canonical.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => "0");
  return `${[...left, ...zeros, ...right].slice(0, 4).join(":")}::/64`;
}

const toV4 = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join(".");
