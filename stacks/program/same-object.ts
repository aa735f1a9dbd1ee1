import type { PreviousResource } from "./previous-state";

/** Prefix of the type tokens of our dynamic resources. */
const dynamicPrefix = "pulumi-nodejs:dynamic/";

/** Prefix of the type tokens of Kubernetes objects. */
const kubernetesPrefix = "kubernetes:";

/**
 * For each kind that stands for one real object, the inputs that say which. Two resources with equal values there are the same real
 * object. Parts of a host (network, storage layout, pool membership) follow their machine and are matched with the host.
 */
const identityInputs: Readonly<Record<string, readonly string[]>> = {
  "maas:DefaultDomain": [],
  "maas:DnsRecord": ["name", "domain", "type"],
  "maas:Domain": ["name"],
  "maas:Fabric": ["name"],
  "maas:IpRange": ["start", "end"],
  "maas:ResourcePool": ["name"],
  "maas:Setting": ["name"],
  "maas:Space": ["name"],
  "maas:StaticRoute": ["source", "destination"],
  "maas:Subnet": ["cidr"],
  "maas:Tag": ["name"],
  "maas:Vlan": ["fabric", "vid"],
  "maas:VlanDhcp": ["fabric", "vid"],
  "maas:Zone": ["name"],
  "palette:CloudAccount": ["name"],
  "palette:ClusterProfile": ["name"],
  "palette:Cluster": ["name"],
};

/** A resource that the program is about to register. */
export interface PlannedResource {
  /** Type token. */
  readonly type: string;
  /** Its name in the program, the last part of its URN. */
  readonly name: string;
  /** Its inputs; what is not known yet is absent or an output. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Which real object a resource stands for, as text to compare; undefined where its inputs do not say. Pure. */
export function identityOf(type: string, inputs: Readonly<Record<string, unknown>>): string | undefined {
  const keys = type.startsWith(dynamicPrefix) ? identityInputs[type.slice(dynamicPrefix.length)] : undefined;
  if (keys !== undefined)
    return joined(
      type,
      keys.map((key) => inputs[key]),
    );
  if (!type.startsWith(kubernetesPrefix)) return undefined;
  const { metadata } = inputs;
  if (typeof metadata !== "object" || metadata === null) return undefined;
  const { name, namespace } = metadata as Readonly<Record<string, unknown>>;
  return joined(type, [namespace ?? "", name]);
}

/** The values are plain scalars, or they identify nothing: an output that is not known yet is an object. */
function joined(type: string, values: readonly unknown[]): string | undefined {
  return values.every((value) => typeof value === "string" || typeof value === "number")
    ? JSON.stringify([type, ...values])
    : undefined;
}

/** Finds, by the real object, under which URN the state has what a program registers under another one. */
export class PreviousUrns {
  /** Type and name of each resource; the types of its parents, which a URN has too, are left to the components' own aliases. */
  private readonly named: ReadonlySet<string>;
  private readonly byIdentity = new Map<string, string[]>();

  constructor(previous: readonly PreviousResource[]) {
    this.named = new Set(previous.map(({ type, name }) => named(type, name)));
    for (const { urn, type, outputs } of previous) {
      const identity = identityOf(type, outputs);
      if (identity !== undefined) this.byIdentity.set(identity, [...(this.byIdentity.get(identity) ?? []), urn]);
    }
  }

  /**
   * The URN that the state has the same real object under, when the planned one is new to it; undefined otherwise. Registered with
   * that URN as an alias, the resource is renamed. Without it the engine would create the new one, which finds the object and adopts
   * it, and then delete the old one: the object would be gone although it is described. Two candidates are no answer.
   */
  aliasOf({ type, name, inputs }: PlannedResource): string | undefined {
    if (this.named.has(named(type, name))) return undefined;
    const identity = identityOf(type, inputs);
    const found = identity === undefined ? [] : (this.byIdentity.get(identity) ?? []);
    return found.length === 1 ? found[0] : undefined;
  }
}

function named(type: string, name: string): string {
  return JSON.stringify([type, name]);
}

/** Component types of this version, and those that they had before (`aliases` of the components). */
const componentTypes: ReadonlySet<string> = new Set(
  [
    ["BareMetal", "bare-metal:BareMetal"],
    ["Datacenter"],
    ["ExistingClusterAccess"],
    ["Host", "bare-metal:Host"],
    ["ImageVersions"],
    ["Palette", "palette:Palette"],
    ["Site", "bare-metal:Site"],
    ["Virtualization", "virtualization:Virtualization"],
  ].flatMap((names) => names.map((name) => `vmo-metal:${name}`)),
);

/**
 * The reason why this version must not run on a state: it holds types that this version does not know, so its resources would be
 * deleted and created again under other names. Undefined when there is none. Pure.
 *
 * @param kinds kinds of dynamic resources of this version, e.g. `maas:Zone`
 */
export function unknownTypesProblem(
  previous: readonly PreviousResource[],
  kinds: readonly string[],
): string | undefined {
  const known = (type: string): boolean => {
    if (type.startsWith("vmo-metal:")) return componentTypes.has(type);
    const [, kind] = type.split(dynamicPrefix);
    return kind === undefined || kinds.includes(kind);
  };
  const unknown = [...new Set(previous.map(({ type }) => type).filter((type) => !known(type)))].sort();
  if (unknown.length === 0) return undefined;
  return (
    `The state of this stack has resources of types that this version of vmo-metal does not know: ${unknown.join(", ")}. ` +
    "An update would delete them and create their real objects again. Nothing was touched. A newer version wrote that state: use that " +
    "version, or a later one."
  );
}
