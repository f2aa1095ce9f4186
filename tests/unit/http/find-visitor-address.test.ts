import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { findVisitorAddress } from "@/lib/http/find-visitor-address";

function aRequest(forwarded: string | undefined): IncomingMessage {
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  return { headers, socket: { remoteAddress: "10.0.0.1" } } as IncomingMessage;
}

test.each([
  ["without a proxy the visitor's own word counts for nothing", "203.0.113.7", 0, "10.0.0.1"],
  ["behind one proxy its own entry counts", "198.51.100.9, 203.0.113.7", 1, "203.0.113.7"],
  ["behind two the one before", "1.1.1.1, 198.51.100.9,203.0.113.7", 2, "198.51.100.9"],
  ["a request that came past the proxy has the socket's", undefined, 1, "10.0.0.1"],
  ["too few entries leave the socket's", "203.0.113.7", 2, "10.0.0.1"],
])("%s", (_, forwarded, proxies, address) => {
  expect(findVisitorAddress(aRequest(forwarded), proxies)).toBe(address);
});

test.each([
  ["192.0.2.9:51234", "192.0.2.9"],
  ["192.0.2.9", "192.0.2.9"],
  ["::ffff:192.0.2.9", "192.0.2.9"],
  ["::FFFF:c000:209", "192.0.2.9"],
  ["[::ffff:192.0.2.9]:443", "192.0.2.9"],
  ["[::1]:51234", "::1"],
  ["[2001:db8::1]", "2001:db8::1"],
  ["2001:0DB8:0:0:0:0:0:1", "2001:db8::1"],
  ["fe80::1%eth0", "fe80::1"],
  ["unknown", "10.0.0.1"],
  ["999.0.2.9:80", "10.0.0.1"],
  ["192.0.2.9:80:80", "10.0.0.1"],
  ["", "10.0.0.1"],
])("%s from a proxy is %s", (forwarded, address) => {
  expect(findVisitorAddress(aRequest(forwarded), 1)).toBe(address);
});

test("a visitor whom the socket maps into IPv6 is counted by the IPv4 address", () => {
  const request = { headers: {}, socket: { remoteAddress: "::ffff:192.0.2.9" } } as IncomingMessage;

  expect(findVisitorAddress(request, 0)).toBe("192.0.2.9");
});
