import * as z from "zod/mini";
import { toEmail } from "@/lib/domain/lead/email";
import { searchText } from "@/lib/domain/text";

const part = (longest: number) => z._default(searchText(longest), "");

export const typedSchema = z.object({
  phone: part(64),
  telegram: part(120),
  email: part(254).check(z.overwrite(toEmail)),
  name: part(120),
  surname: part(120),
  except: z.optional(z.uuid()),
});
export type Typed = z.infer<typeof typedSchema>;

export const phoneSchema = z.string().check(z.regex(/^\+[1-9]\d{6,14}$/));
