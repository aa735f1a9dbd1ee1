import { planAll } from "../../../../lab/kubernetes/controllers/controllers";
import type { Plan, Step } from "../../../../lab/kubernetes/controllers/plan";
import { Snapshot, WATCHED, type ClusterFacts } from "../../../../lab/kubernetes/controllers/snapshot";
import { mapOf, type KubernetesObject } from "../../../../lab/kubernetes/objects";

/** An object of the tests, short. */
export function object(
  kind: string,
  name: string,
  content: Record<string, unknown> = {},
  metadata: Partial<KubernetesObject["metadata"]> = {},
): KubernetesObject {
  return { apiVersion: WATCHED[kind] ?? "v1", kind, metadata: { name, ...metadata }, ...content };
}

/** A merge patch (RFC 7386). */
function merged(target: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const result = { ...mapOf(target) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  }
  return result;
}

/** A cluster's objects in memory that carries out the plans of the simulated controllers, on a clock that only `pass` moves. */
export class MemoryCluster {
  private readonly objects = new Map<string, KubernetesObject>();
  private nextUid = 1;
  /** Everything that was done. */
  readonly done: Step[] = [];
  now = new Date("2026-01-01T00:00:00Z");
  facts: ClusterFacts = {
    nodes: [],
    podCidr: "100.64.0.0/18",
    maximumPods: 110,
    kubernetesVersion: "1.32.4",
    brokenImages: [],
    stuckOperators: [],
    refusedWebhooks: [],
  };

  constructor(private readonly served: string[] = Object.keys(WATCHED)) {}

  add(...objects: KubernetesObject[]): this {
    for (const one of objects) {
      const uid = `uid-${this.nextUid++}`;
      this.objects.set(key(one), {
        ...one,
        metadata: { uid, creationTimestamp: this.now.toISOString(), ...one.metadata },
      });
    }
    return this;
  }

  remove(kind: string, name: string, namespace?: string): this {
    this.objects.delete(key({ kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }));
    return this;
  }

  get(kind: string, name: string, namespace?: string): KubernetesObject | undefined {
    return this.objects.get(key({ kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }));
  }

  names(kind: string): string[] {
    return [...this.objects.values()].filter((one) => one.kind === kind).map((one) => one.metadata.name);
  }

  /** Lets seconds of life pass (time scale 1). */
  pass(seconds: number): this {
    this.now = new Date(this.now.getTime() + seconds * 1000);
    return this;
  }

  snapshot(): Snapshot {
    const kinds = this.served.map((kind): [string, KubernetesObject[]] => [
      kind,
      [...this.objects.values()].filter((one) => one.kind === kind),
    ]);
    return new Snapshot(new Map(kinds), this.now, 1, this.facts);
  }

  /** Carries out plans until nothing is left to do now; answers the last one. Throws when they never end. */
  settle(plan: (snapshot: Snapshot) => Plan = planAll): Plan {
    for (let round = 0; round < 30; round += 1) {
      const next = plan(this.snapshot());
      if (next.steps.length === 0) return next;
      for (const step of next.steps) this.carryOut(step);
    }
    throw new Error("the controllers do not come to rest");
  }

  /** Settles, then lets time pass to when the controllers want to look again, until they want no more. */
  settleInTime(plan: (snapshot: Snapshot) => Plan = planAll): this {
    for (let look = 0; look < 200; look += 1) {
      const { lookAgainIn } = this.settle(plan);
      if (lookAgainIn === undefined) return this;
      this.pass(lookAgainIn);
    }
    throw new Error("the controllers want to look again for ever");
  }

  private carryOut(step: Step): void {
    this.done.push(step);
    switch (step.do) {
      case "create":
        if (this.objects.has(key(step.object))) throw new Error(`created twice: ${key(step.object)}`);
        this.add(step.object);
        break;
      case "delete":
        this.objects.delete(key(step.target));
        break;
      case "merge":
      case "merge-status": {
        const present = this.objects.get(key(step.target));
        const patch = step.do === "merge" ? step.patch : { status: step.status };
        if (present === undefined) throw new Error(`not there: ${key(step.target)}`);
        this.objects.set(key(step.target), merged(present, patch) as KubernetesObject);
      }
    }
  }
}

function key(one: { kind: string; metadata: { name: string; namespace?: string } }): string {
  return `${one.kind} ${one.metadata.namespace ?? ""}/${one.metadata.name}`;
}

/** A StorageClass with its driver, as a storage pack brings them. */
export function storage(
  name = "spectro-storage-class",
  provisioner = "pxd.portworx.com",
  more: Record<string, unknown> = {},
): KubernetesObject[] {
  return [
    object("CSIDriver", provisioner),
    object(
      "StorageClass",
      name,
      { provisioner, volumeBindingMode: "WaitForFirstConsumer", reclaimPolicy: "Delete", ...more },
      { annotations: { "storageclass.kubevirt.io/is-default-virt-class": "true" } },
    ),
  ];
}

/** The CDI object that VMO installs. */
export function cdi(): KubernetesObject {
  return object("CDI", "cdi", { spec: { config: { featureGates: ["HonorWaitForFirstConsumer"] } } });
}
