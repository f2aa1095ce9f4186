import { type NextRequest, NextResponse } from "next/server";

/** Our forms send only plain values to actions. React marks references to other parts with a `$`. */
const REFERENCE = /^\$(?!\$|undefined$|NaN$|-?Infinity$|-0$)/;

/**
 * Next answers arguments that it cannot read with a 500. They are the sender's mistake, so this answers 400.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  // Next reads the body as it stands: a mark of its byte order, which `text()` would remove, is no JSON.
  const body = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await request.arrayBuffer());
  return isPlain(body) ? NextResponse.next() : new NextResponse(null, { status: 400 });
}

export const config = {
  matcher: [{ source: "/:path*", has: [{ type: "header", key: "next-action" }] }],
};

function isPlain(body: string): boolean {
  try {
    let hasReference = false;
    const given: unknown = JSON.parse(body, (_, value) => {
      hasReference ||= typeof value === "string" && REFERENCE.test(value);
      return value;
    });
    return Array.isArray(given) && !hasReference;
  } catch {
    return false;
  }
}
