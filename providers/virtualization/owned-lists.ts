import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { text } from "../dynamic/fields";
import type { Connection, ResourceKind } from "../dynamic/kind";
import { isObject, type Plain, type PlainObject } from "../dynamic/plain";
import { ServedResource } from "../dynamic/resource";
import { kubeconfigAccess } from "../kubernetes/kubeconfig-access";
import { KubernetesClient } from "../kubernetes/kubernetes-client";
import { isObjectKind, type ObjectKindName, objectPath } from "../kubernetes/object-kinds";

/** An object and its lists, as they are described or as they are. */
export interface ListsOfObject {
  kind: ObjectKindName;
  name: string;
  /** Null for cluster-wide kinds. */
  namespace: string | null;
  /** Outermost lists by their dotted path, such as `spec.claimPropertySets`. */
  lists: Record<string, Plain[]>;
}

/** Inputs of {@link OwnedLists}. */
export interface OwnedListsArgs {
  /** Of the cluster that the objects are in. */
  kubeconfig: pulumi.Input<string>;
  /** The datacenter: it names the field manager of what is put back. */
  owner: pulumi.Input<string>;
  /** Objects by what messages call them: `StorageProfile spectro-storage-class`. */
  objects: pulumi.Input<Record<string, ListsOfObject>>;
}

interface OwnedListsInputs {
  kubeconfig: string;
  owner: string;
  objects: Record<string, ListsOfObject>;
}

const objectSchema: z.ZodType<ListsOfObject> = z.strictObject({
  kind: z.string().refine(isObjectKind),
  name: text("the name of an object"),
  namespace: z.string().nullable(),
  lists: z.record(z.string(), z.array(z.json())),
});

/**
 * The kind behind {@link OwnedLists}. Lists of our objects are ours as a whole, but the Kubernetes provider compares only as many items as are
 * described: an item that somebody appended would stay and work unseen.
 */
export const ownedListsKind: ResourceKind<OwnedListsInputs, object, Connection> = {
  kind: "virtualization:OwnedLists",
  schema: {
    kubeconfig: text("a kubeconfig"),
    owner: text("the name of a datacenter"),
    objects: z.record(z.string(), objectSchema),
  },
  secretInputs: ["kubeconfig"],
  outputs: [],
  connect: () => ({ identity: "description", formerIdentities: [] }),

  async create(_link, inputs) {
    await removeAdditions(inputs);
    return { id: inputs.owner, outputs: {} };
  },

  async read(_link, id, state) {
    const { kubeconfig = "", owner = id, objects = {} } = state;
    const client = new KubernetesClient(kubeconfigAccess(kubeconfig));
    const seen = await Promise.all(
      Object.entries(objects).map(async ([label, object]) => [label, await observed(client, object)] as const),
    );
    return { id, inputs: { kubeconfig, owner, objects: Object.fromEntries(seen) }, outputs: {} };
  },

  async update(_link, _id, _olds, news) {
    await removeAdditions(news);
    return { outputs: {} };
  },

  async delete() {
    // The objects have resources of their own.
  },
};

/** An object's lists as they are where they hold more than described, and as described elsewhere: the rest has resources of its own. */
async function observed(client: KubernetesClient, object: ListsOfObject): Promise<ListsOfObject> {
  const live = await client.find(pathOf(object));
  if (live === undefined) return object;
  const lists = Object.entries(object.lists).map(([path, described]): [string, Plain[]] => {
    const actual = valueAt(live, path);
    return [path, Array.isArray(actual) && holdsMore(described, actual as Plain[]) ? (actual as Plain[]) : described];
  });
  return { ...object, lists: Object.fromEntries(lists) };
}

async function removeAdditions({ kubeconfig, owner, objects }: OwnedListsInputs): Promise<void> {
  const client = new KubernetesClient(kubeconfigAccess(kubeconfig));
  for (const object of Object.values(objects)) {
    const { lists } = await observed(client, object);
    const changed = Object.keys(lists).filter((path) => lists[path] !== object.lists[path]);
    if (changed.length === 0) continue;
    const patch = changed.reduce<PlainObject>((whole, path) => withValue(whole, path, object.lists[path] ?? []), {});
    await client.mergePatch(pathOf(object), patch, `vmo-metal-${owner}`);
  }
}

function pathOf({ kind, name, namespace }: ListsOfObject): string {
  return objectPath(kind, name, namespace ?? undefined);
}

/** Outermost lists of an object by their dotted path. Empty ones count too: what is appended to one is seen. Pure. */
export function listsOf(value: unknown, path: readonly string[] = []): Record<string, Plain[]> {
  if (Array.isArray(value)) return { [path.join(".")]: value as Plain[] };
  if (!isObject(value)) return {};
  const lists = Object.entries(value).map(([key, member]) => listsOf(member, [...path, key]));
  return Object.assign({}, ...lists) as Record<string, Plain[]>;
}

/** Whether a value holds items in a list, at any depth, that the described one does not have. Pure. */
export function holdsMore(described: Plain | undefined, actual: Plain | undefined): boolean {
  if (Array.isArray(described) && Array.isArray(actual))
    return actual.length > described.length || described.some((item, index) => holdsMore(item, actual[index]));
  if (isObject(described) && isObject(actual))
    return Object.entries(described).some(([key, member]) => holdsMore(member, actual[key]));
  return false;
}

function valueAt(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), value);
}

function withValue(whole: PlainObject, path: string, value: Plain): PlainObject {
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...whole, [first]: value };
  const below = whole[first];
  return { ...whole, [first]: withValue(isObject(below) ? below : {}, rest.join("."), value) };
}

/** Keeps the lists of objects as described: items that somebody appended are drift, and the next `up` removes them. */
export class OwnedLists extends ServedResource<OwnedListsInputs, object, Connection> {
  constructor(name: string, args: OwnedListsArgs, options?: pulumi.CustomResourceOptions) {
    super(ownedListsKind, name, args, options);
  }
}
