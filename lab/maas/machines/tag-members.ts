import type { Store } from "../store";

/** Gives machines a tag and takes it from others; unknown system ids do not count, machines that have it already do. */
export function updateTagMembers(
  store: Store,
  tagName: string,
  add: string[],
  remove: string[],
): { added: number; removed: number } {
  const known = (ids: string[]): typeof store.machines =>
    store.machines.filter((machine) => ids.includes(machine.systemId));
  const added = known(add);
  const removed = known(remove);
  for (const machine of added) if (!machine.tagNames.includes(tagName)) machine.tagNames.push(tagName);
  for (const machine of removed) machine.tagNames = machine.tagNames.filter((name) => name !== tagName);
  return { added: added.length, removed: removed.length };
}

/** System ids of the machines that have a tag. */
export function machinesWithTag(store: Store, tagName: string): string[] {
  return store.machines.filter((machine) => machine.tagNames.includes(tagName)).map((machine) => machine.systemId);
}

/** A tag is renamed. */
export function onTagRenamed(store: Store, from: string, to: string): void {
  for (const machine of store.machines) machine.tagNames = machine.tagNames.map((name) => (name === from ? to : name));
}

/** A tag is deleted. */
export function onTagDeleted(store: Store, name: string): void {
  for (const machine of store.machines) machine.tagNames = machine.tagNames.filter((each) => each !== name);
}
