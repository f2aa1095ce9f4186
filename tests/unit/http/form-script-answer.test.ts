import { request as ask, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getFormScript } from "@/lib/hosted-form/form-script";
import { formScriptAnswer } from "@/lib/http/form-script-answer";

const server = createServer(formScriptAnswer(getFormScript));

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

type Answer = {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
};

function load(headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  ask({ port, host: "127.0.0.1", path: "/form.js", method, headers, agent: false }, (answer) => {
    const chunks: Buffer[] = [];
    answer.on("data", (chunk) => chunks.push(chunk));
    answer.on("end", () =>
      resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }),
    );
  })
    .on("error", reject)
    .end();
  return promise;
}

describe("the script of the public form", () => {
  test.each([
    ["gzip", "gzip"],
    ["gzip, deflate, br, zstd", "br"],
    ["GZIP;Q=1", "gzip"],
    ["x-gzip", "gzip"],
    ["*", "br"],
    ["br;q=0, *", "gzip"],
    ["br;q=0.5, gzip;q=0.8", "gzip"],
    ["identity;q=0", undefined],
    ["gzip, identity;q=0", "gzip"],
    ["identity, gzip;q=0.5", undefined],
    ["*;q=0", undefined],
    ["gzip;q=0, br;q=0.000", undefined],
    ["", undefined],
    [",;,;;q=, =", undefined],
    ["gzip;q=high, br;q=-1", undefined],
    ["gzip;q=1.5", undefined],
    ["gzip;level=9;q=1", undefined],
    ["deflate, zstd", undefined],
    [`${"gzip;q=0,".repeat(1000)}br`, "br"],
  ])("is sent for Accept-Encoding %j encoded with %s", async (accepted, encoding) => {
    const { status, headers, body } = await load({ "accept-encoding": accepted });

    const plain = encoding === "br" ? brotliDecompressSync(body) : encoding ? gunzipSync(body) : body;
    expect(plain.toString()).toBe(getFormScript());
    expect(status).toBe(200);
    expect(headers["content-encoding"]).toBe(encoding);
    expect(headers).toMatchObject({
      vary: "Accept-Encoding",
      "content-length": String(body.length),
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=3600",
    });
  });

  test("is half as large or less on its way, and as it is for a client that names no encoding", async () => {
    const plain = await load();

    expect(plain.headers["content-encoding"]).toBeUndefined();
    for (const encoding of ["gzip", "br"]) {
      const { body } = await load({ "accept-encoding": encoding });
      expect(body.length).toBeLessThan(plain.body.length / 2);
    }
  });

  test("has a tag for each encoding, and is not sent again to whom names it", async () => {
    const tags = [];
    for (const encoding of ["gzip", "br", "identity"]) {
      const { headers } = await load({ "accept-encoding": encoding });
      const tag = String(headers.etag);
      tags.push(tag);
      for (const named of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
        const again = await load({ "accept-encoding": encoding, "if-none-match": named });
        expect(again).toMatchObject({ status: 304, headers: { etag: tag, vary: "Accept-Encoding" } });
        expect(again.body).toHaveLength(0);
      }
    }
    expect(new Set(tags).size).toBe(3);
    const other = await load({ "accept-encoding": "gzip", "if-none-match": `${tags[1]}, "other", x` });
    expect(other.status).toBe(200);
  });

  test("answers HEAD as GET, without the script, and no other method", async () => {
    const whole = await load({ "accept-encoding": "gzip" });
    const head = await load({ "accept-encoding": "gzip" }, "HEAD");

    const { date: _, ...expected } = whole.headers;
    expect(head.headers).toMatchObject(expected);
    expect(head.body).toHaveLength(0);
    expect(await load({}, "POST")).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
  });
});
