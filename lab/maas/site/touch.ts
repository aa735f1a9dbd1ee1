/**
 * Moves a changed record to the end of its list. MAAS lists most site objects without an order, and PostgreSQL then
 * answers them as they lie in the table, where an update writes a row anew behind the others.
 */
export function touch<T>(list: T[], record: T): void {
  const index = list.indexOf(record);
  if (index < 0) return;
  list.splice(index, 1);
  list.push(record);
}

/** Applies changes to a record of a list; an update that changes nothing leaves it where it is. */
export function update<T extends object>(list: T[], record: T, changes: Partial<T>): void {
  const changed = Object.entries(changes).some(
    ([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(record[key as keyof T]),
  );
  Object.assign(record, Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)));
  if (changed) touch(list, record);
}
