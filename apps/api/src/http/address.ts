import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

/** What the words for ranges stand for, as in Fastify's `trustProxy`. */
const RANGES: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.1/8", "::1/128"],
  linklocal: ["169.254.0.0/16", "fe80::/10"],
  uniquelocal: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};

/** Whose request it is: the last address that no trusted proxy stands for. For requests that Fastify does not see, as to upgrade. */
export function createAddressOf(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = toBlockList(trustedProxies.flatMap((it) => RANGES[it.toLowerCase()] ?? [it]));
  const isTrusted = (address: string) => isIP(address) !== 0 && trusted.check(address, familyOf(address));
  return ({ socket, headers }) => {
    const forwarded = headers["x-forwarded-for"];
    const chain = typeof forwarded === "string" ? forwarded.split(",").map((it) => it.trim()) : [];
    let address = plain(socket.remoteAddress ?? "");
    while (isTrusted(address) && chain.length > 0) address = plain(chain.pop() ?? "");
    return address;
  };
}

function toBlockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const family = familyOf(address);
    list.addSubnet(address, Number(bits ?? (family === "ipv4" ? 32 : 128)), family);
  }
  return list;
}

const familyOf = (address: string): "ipv4" | "ipv6" => (isIP(address) === 4 ? "ipv4" : "ipv6");

/** An IPv4 address in IPv6's clothes is an IPv4 address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");
