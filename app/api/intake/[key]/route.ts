import { answerIntake, answerPreflight, answerVisitor } from "@/lib/intake/handler";

type Context = RouteContext<"/api/intake/[key]">;

/** Public: the key in the address is the gate. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  return answerIntake(request, (await params).key);
}

export async function OPTIONS(request: Request, { params }: Context): Promise<Response> {
  return answerPreflight(request, (await params).key);
}

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerVisitor(request, (await params).key);
}
