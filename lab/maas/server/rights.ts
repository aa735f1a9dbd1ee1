import type { Store } from "../store";
import { refusal } from "./refusal";
import type { Route } from "./route";

/**
 * What every user may do, as MAAS's documentation describes its roles: read everything, keep API keys of his own, and allocate machines;
 * operations on machines ask for their owner themselves. All other writes are an administrator's.
 */
const OPEN: readonly { path: string; operations?: readonly string[] }[] = [
  { path: "/account/" },
  { path: "/machines/", operations: ["allocate", "release"] },
  { path: "/machines/:system_id/", operations: ["deploy", "release", "mark_broken", "power_on", "power_off"] },
];

/**
 * Refuses a write of a user who is no administrator.
 *
 * @throws MaasRefusal 403
 */
export function checkRights(store: Store, route: Route, user: string): void {
  if (route.method === "GET") return;
  if (store.site.users.find(({ username }) => username === user)?.isSuperuser !== false) return;
  const open = OPEN.some(
    ({ path, operations }) =>
      path === route.path && (operations === undefined || operations.includes(route.operation ?? "")),
  );
  if (!open) throw refusal(403, "You do not have permission to do this.");
}
