import type { Hit } from "../rule";
import { maasRule } from "./machines";

/** A key of another user reads everything and fails at the first write, in the middle of an `up` (API: users, op=whoami). */
export const administratorKey = maasRule(
  { code: "OBJ001", severity: "error", rule: "The API key for MAAS belongs to an administrator." },
  (_datacenter, { user }): Hit[] =>
    user.administrator === false
      ? [
          {
            path: "maas.url",
            message: `the API key belongs to "${user.name}", who is no administrator of MAAS: the first change would be refused`,
            fix: "Use the API key of an administrator (MAAS, user preferences, API keys).",
          },
        ]
      : [],
);
