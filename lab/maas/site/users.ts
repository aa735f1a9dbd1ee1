import type { Store } from "../store";

/** Adds a user without administrator's rights. */
export function addUser(store: Store, username: string): void {
  const { users } = store.site;
  const id = Math.max(0, ...users.map((user) => user.id)) + 1;
  users.push({ id, username, email: `${username}@example.com`, isSuperuser: false });
  store.changed();
}
