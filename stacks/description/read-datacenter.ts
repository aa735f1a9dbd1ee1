import type { z } from "zod";
import { visibleLine } from "../../text/visible";
import { datacenterSchema, type Datacenter } from "./datacenter";
import { layerProblems } from "./existing-cluster";
import { explainIssue, type KnownKeys } from "./explain-issue";
import { resolveHosts } from "./hosts";
import { datacenterJsonSchema, type SchemaNode } from "./json-schema";
import { resolveMaas } from "./maas";
import { resolveNetworks } from "./networks";
import { resolvePalette } from "./palette";
import { joinPath, type Note, type Problem } from "./problem";
import { resolveCluster } from "./resolve-cluster";
import { resolveVirtualization } from "./resolve-virtualization";
import { resolveStorageSection } from "./storage";
import type { VirtualizationSection } from "./virtualization";

/** What reading a description gives. */
export type Reading =
  | {
      readonly ok: true;
      readonly datacenter: Datacenter;
      /** What was read differently from how it is written. */
      readonly notes: readonly Note[];
    }
  | {
      readonly ok: false;
      /** Everything that is wrong, in the order of the description; never empty. */
      readonly problems: readonly Problem[];
    };

/**
 * Reads the object under `vmo-metal:datacenter`: checks it, fills in the RA's values, makes addresses canonical.
 *
 * Pure; throws nothing that the description could cause.
 */
export function readDatacenter(input: unknown): Reading {
  if (isEmpty(input)) {
    const message =
      "is missing: describe the datacenter in the stack file; stacks/examples/ has complete descriptions, docs/configuration.md explains them";
    return { ok: false, problems: [{ path: "", message }] };
  }
  const hidden = prototypeKeys(input);
  if (hidden.length > 0) return refused(hidden);
  const parsed = datacenterSchema.safeParse(input);
  const layers = layerProblems(input);
  if (!parsed.success) {
    const explained = parsed.error.issues.flatMap((issue) => explainIssue(issue, input, knownKeys));
    return refused([...explained, ...layers]);
  }
  const notes: Note[] = [];
  const problems = [...layers];
  const datacenter = resolve(parsed.data, notes, problems);
  return problems.length > 0 ? refused(problems) : { ok: true, datacenter, notes };
}

/** Values of the description stand in messages: none of them begins a line or moves a cursor. */
function refused(problems: readonly Problem[]): Reading {
  return { ok: false, problems: problems.map(({ path, message }) => ({ path, message: visibleLine(message) })) };
}

/** Keys that JavaScript would take for the prototype of an object, and that the schema would pass over silently. */
function prototypeKeys(value: unknown, path: readonly PropertyKey[] = []): Problem[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return key === "__proto__"
      ? [
          {
            path: joinPath(at),
            message: 'there is no setting "__proto__" here, and nothing can have this name: rename it',
          },
        ]
      : prototypeKeys(child, at);
  });
}

/** What the engine hands over when the stack has no such key. */
function isEmpty(input: unknown): boolean {
  return input === undefined || input === null || (typeof input === "object" && Object.keys(input).length === 0);
}

/** The name of a fabric that is created. */
const DEFAULT_FABRIC = "datacenter";

function resolve(written: z.output<typeof datacenterSchema>, notes: Note[], problems: Problem[]): Datacenter {
  // Without metal, networks of hosts are defaults that nobody reads.
  const maas = written.maas === undefined ? null : resolveMaas(written.maas);
  const networks = resolveNetworks(written.networks, maas === null ? [] : notes, maas?.manageNetworks ?? true);
  const hostGroups = resolveHosts(written.hosts ?? {}, {
    zones: written.zones,
    controlPlaneGroup: written.cluster.controlPlane.hostGroup,
  });
  const site = {
    name: written.name,
    protect: written.protect ?? written.name !== "dev",
    maas,
    existingCluster: written.existingCluster ?? null,
    zones: written.zones,
    domain: written.domain ?? "",
    fabric: {
      name: written.fabric.name ?? DEFAULT_FABRIC,
      described: written.fabric.name !== undefined,
      key: written.fabric.name ?? DEFAULT_FABRIC,
    },
    networks,
    diskErasing: written.diskErasing,
    hostGroups,
    storage: resolveStorageSection(written.storage),
    silence: written.silence,
  };
  const virtualization = (): VirtualizationSection =>
    resolveVirtualization(written.virtualization, networks.virtualMachines.vlans, problems);
  if (written.palette === null) {
    const layered = written.existingCluster === undefined ? null : virtualization();
    return { ...site, palette: null, cluster: null, virtualization: layered };
  }
  return {
    ...site,
    palette: resolvePalette(written.palette, {
      name: written.name,
      maasUrl: written.maas?.url ?? "",
      managementSubnet: networks.management.name,
    }),
    cluster: resolveCluster(
      written.cluster,
      {
        datacenterName: written.name,
        hostGroups,
        zones: written.zones,
        storageProvider: written.storage.provider,
      },
      problems,
    ),
    virtualization: virtualization(),
  };
}

let root: SchemaNode | undefined;

/** The settings that may stand at a path, from the generated JSON Schema (so that the two cannot differ). */
const knownKeys: KnownKeys = (path) => {
  root ??= datacenterJsonSchema();
  const nodes = path.reduce<SchemaNode[]>((current, part) => current.flatMap((node) => step(node, part)), [root]);
  const keys = nodes.flatMap((node) => branches(node).flatMap(({ properties }) => Object.keys(properties ?? {})));
  return keys.length > 0 ? [...new Set(keys)] : undefined;
};

function branches(node: SchemaNode): SchemaNode[] {
  return [node, ...(node.anyOf ?? []).flatMap(branches)];
}

function step(node: SchemaNode, part: PropertyKey): SchemaNode[] {
  return branches(node).flatMap((branch) => {
    if (typeof part === "number") return branch.items === undefined ? [] : [branch.items];
    const property = branch.properties?.[String(part)];
    if (property !== undefined) return [property];
    return typeof branch.additionalProperties === "object" ? [branch.additionalProperties] : [];
  });
}
