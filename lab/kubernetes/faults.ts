import { z } from "zod";

/** What a Kubernetes fault does, one line each, for `npm run lab -- faults` and docs/lab.md. */
export const kubernetesFaultSwitches = [
  { kind: "broken-image", description: "images whose URL holds `url` cannot be imported" },
  { kind: "operator-stuck", description: "`operator` (KubeVirt, CDI, StorageCluster, Issuer …) does not become ready" },
  { kind: "webhook-refused", description: "the webhooks of `operator` (KubeVirt, CDI) refuse connections" },
  { kind: "unreachable", description: "the control plane of `cluster` (name) does not run" },
] as const;

const faultSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("broken-image"), url: z.string().min(1) }),
  z.strictObject({
    kind: z.literal("operator-stuck"),
    operator: z.enum(["KubeVirt", "CDI", "StorageCluster", "Issuer", "ClusterIssuer"]),
  }),
  z.strictObject({ kind: z.literal("webhook-refused"), operator: z.enum(["KubeVirt", "CDI"]) }),
  z.strictObject({ kind: z.literal("unreachable"), cluster: z.string().min(1) }),
]);

/** A fault that is on. */
export type KubernetesFault = z.infer<typeof faultSchema> & { id: number };

/** The faults of all clusters of a lab. */
export class KubernetesFaults {
  private faults: KubernetesFault[] = [];
  private next = 1;

  /** `changed` is called after every change. */
  constructor(private readonly changed: () => void) {}

  /** Those that are on. */
  list(): KubernetesFault[] {
    return this.faults.map((fault) => ({ ...fault }));
  }

  /**
   * Switches a fault on and answers it with its id.
   * @throws Error saying which kinds there are, or what a kind needs.
   */
  add(fault: unknown): KubernetesFault {
    const result = faultSchema.safeParse(fault);
    if (!result.success) {
      const [issue] = result.error.issues;
      const kinds = kubernetesFaultSwitches.map((known) => known.kind).join(", ");
      throw new Error(`kubernetes: ${issue?.path.join(".")}: ${issue?.message} (kinds: ${kinds})`);
    }
    const added = { ...result.data, id: this.next };
    this.next += 1;
    this.faults.push(added);
    this.changed();
    return { ...added };
  }

  /** Switches one fault off, or all. */
  clear(id?: number): void {
    this.faults = id === undefined ? [] : this.faults.filter((fault) => fault.id !== id);
    this.changed();
  }

  /** Parts of image URLs that cannot be had. */
  brokenImages(): string[] {
    return this.faults.flatMap((fault) => (fault.kind === "broken-image" ? [fault.url] : []));
  }

  /** Kinds of objects that do not become ready. */
  stuckOperators(): string[] {
    return this.faults.flatMap((fault) => (fault.kind === "operator-stuck" ? [fault.operator] : []));
  }

  /** Kinds of operators whose webhooks do not answer. */
  refusedWebhooks(): string[] {
    return this.faults.flatMap((fault) => (fault.kind === "webhook-refused" ? [fault.operator] : []));
  }

  /** Whether a cluster's control plane is not to run. */
  isUnreachable(cluster: string): boolean {
    return this.faults.some((fault) => fault.kind === "unreachable" && fault.cluster === cluster);
  }
}
