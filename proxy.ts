import { type NextRequest, NextResponse } from "next/server";

/** What a form of ours never sends to an action: anything but plain values. React refers to other parts with a `$`. */
const REFERENCE = /^\$(?!\$|undefined$|NaN$|-?Infinity$|-0$)/;

/** Next answers an action's arguments that it cannot read with a 500; they are the sender's fault, so it is a 400. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  return isPlain(await request.text()) ? NextResponse.next() : new NextResponse(null, { status: 400 });
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
