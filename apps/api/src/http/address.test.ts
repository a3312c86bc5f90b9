import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, it } from "vitest";
import { createAddressOf } from "./address.ts";

const request = (peer: string, forwarded?: string): IncomingMessage => {
  const socket = Object.defineProperty(new Socket(), "remoteAddress", { value: peer });
  return Object.assign(new IncomingMessage(socket), { headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded } });
};

interface Way {
  readonly trusted: readonly string[];
  readonly peer: string;
  readonly forwarded?: string;
  readonly expected: string;
}

const client = "198.51.100.1";

it.each<[string, Way]>([
  ["nobody is trusted", { trusted: [], peer: "203.0.113.9", forwarded: client, expected: "203.0.113.9" }],
  ["the peer is a trusted proxy", { trusted: ["loopback"], peer: "127.0.0.1", forwarded: client, expected: client }],
  ["the peer is one in IPv6's clothes", { trusted: ["loopback"], peer: "::ffff:127.0.0.1", forwarded: client, expected: client }],
  [
    "two proxies stand in between",
    { trusted: ["10.0.0.0/8", "loopback"], peer: "127.0.0.1", forwarded: `${client}, 10.1.2.3`, expected: client },
  ],
  [
    "a client claims to be another",
    { trusted: ["loopback"], peer: "127.0.0.1", forwarded: `192.0.2.66, ${client}`, expected: client },
  ],
  ["the peer is no proxy of ours", { trusted: ["loopback"], peer: "203.0.113.9", forwarded: client, expected: "203.0.113.9" }],
  ["a proxy names nobody", { trusted: ["loopback"], peer: "::1", expected: "::1" }],
])("where %s", (_, { trusted, peer, forwarded, expected }) => {
  expect(createAddressOf(trusted)(request(peer, forwarded))).toBe(expected);
});
