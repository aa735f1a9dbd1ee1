import type { JsonObject } from "../json";
import type { UserRecord } from "./model";

/** A user as MAAS answers it. */
export function renderUser(user: UserRecord): JsonObject {
  return {
    is_superuser: user.isSuperuser,
    username: user.username,
    email: user.email,
    is_local: true,
    resource_uri: `/MAAS/api/2.0/users/${encodeURIComponent(user.username)}/`,
  };
}
