import { expect, test } from "vitest";
import { toNetwork } from "@/lib/auth/to-limit-keys";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["2001:0DB8:0:0::9", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["", ""],
  ["nonsense", "nonsense"],
])("%s is counted as %s", (address, network) => {
  expect(toNetwork(address)).toBe(network);
});
