import { ownerLabel } from "../objects/manifest";

/** An object that is in the cluster, and the datacenter that its label names. */
export interface FoundObject {
  kind: string;
  name: string;
  namespace?: string;
  /** Undefined when it has no such label. */
  owner: string | undefined;
}

/**
 * Objects of the description that are in the cluster already and are not ours, one line each: applying ours would change them without a word, and a
 * destroy would delete them.
 *
 * @param owner the datacenter whose objects are ours
 */
export function foreignObjectProblems(found: readonly FoundObject[], owner: string): string[] {
  return found
    .filter((object) => object.owner !== owner)
    .map(({ kind, name, namespace, owner: other }) => {
      const place = namespace === undefined ? name : `${namespace}/${name}`;
      const whose = other === undefined ? "and this stack did not make it" : `and belongs to the datacenter "${other}"`;
      const where = namespace === undefined ? "" : ` -n ${namespace}`;
      return (
        `${kind} ${place} is in the cluster already, ${whose}. Describe yours under another name` +
        (other === undefined
          ? `, or hand it over to this stack, which may then change and delete it: kubectl label ${kind} ${name}${where} ${ownerLabel}=${owner}`
          : ".")
      );
    });
}
