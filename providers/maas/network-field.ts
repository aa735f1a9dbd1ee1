import { z } from "zod";
import { addressProblem } from "../../addressing/address";
import { canonicalCidr, networkProblem } from "../../addressing/network";

/** A network in CIDR form; host bits are taken off, as MAAS does. */
export function network(): z.ZodType<string> {
  return z
    .string()
    .superRefine((value, context) => report(context, value, networkProblem(value)))
    .transform((value) => (networkProblem(value) === undefined ? canonicalCidr(value) : value));
}

/** An IPv4 address. */
export function address(): z.ZodType<string> {
  return z.string().superRefine((value, context) => report(context, value, addressProblem(value)));
}

function report(context: z.RefinementCtx, value: string, problem: string | undefined): void {
  if (problem !== undefined) context.addIssue({ code: "custom", message: `"${value}" ${problem}` });
}
