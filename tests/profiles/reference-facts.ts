import { hostLayout } from "../../components/bare-metal/layouts/host-layout";
import { type LayoutName, layouts } from "../../components/bare-metal/layouts/layout-table";
import { profileInterfaces } from "../../components/bare-metal/layouts/profile-interfaces";
import { profileFolders, readProfileFiles } from "../../profiles/render/profile-files";
import { referenceVersions } from "../../profiles/render/reference-versions";
import type { RenderedProfile } from "../../profiles/render/render-profile";
import { hostNetworks } from "../../stacks/description/all-networks";
import type { Datacenter } from "../../stacks/description/datacenter";
import { readDatacenter } from "../../stacks/description/read-datacenter";
import { STORAGE_PROVIDER_TABLE } from "../../stacks/description/storage-providers";
import { profileParameters } from "../../stacks/program/profile-parameters";
import { siteArgs } from "../../stacks/program/site-args";
import { templatesProfile } from "../../stacks/program/templates-profile";
import { plainVirtualizationArgs } from "../../stacks/program/virtualization-args";
import { controlPlaneSize } from "../../stacks/sizing/control-plane";
import { nodeSlices, podCapacity } from "../../stacks/sizing/pod-capacity";
import { virtualMachineCapacity } from "../../stacks/sizing/virtual-machine-capacity";
import * as worker from "../../stacks/sizing/worker";
import { parse, parseAllDocuments } from "yaml";
import { datacenterWith, minimalDescription } from "../stacks/descriptions";
import { paletteArgsOf } from "../stacks/palette-args-of";
import { referenceParameters } from "./parameters";
import { nodeFilesOf, rendered, valueAt } from "./rendered";
import { ruleFindings } from "./rule-findings";

/** What each file of the table comes to, by its path in the project: the data that a row's YAML path goes into. */
export type ReferenceFacts = ReadonlyMap<string, () => unknown>;

/** The facts of the RA's default datacenter. */
export function referenceFacts(): ReferenceFacts {
  const datacenter = defaultDatacenter();
  const facts = new Map<string, () => unknown>();
  for (const profile of ["infra", "core"] as const) addProfile(facts, profile);
  addTemplates(facts, datacenter);
  facts.set("profiles/versions.yaml", () =>
    Object.fromEntries(referenceVersions.table.map(({ product, version }) => [product.replaceAll(".", "~"), version])),
  );
  facts.set("stacks/description/datacenter.ts", () => datacenter);
  facts.set("stacks/description/storage-providers.ts", () => STORAGE_PROVIDER_TABLE);
  facts.set("stacks/program/site-args.ts", () => ({
    ...siteFacts(datacenter),
    withRemoteNetwork: siteFacts(withRemote()),
  }));
  facts.set("stacks/program/layout-values.ts", () =>
    Object.fromEntries((["two-nic", "two-nic-shared-data-vlan"] as const).map((name) => [name, coreVariables(name)])),
  );
  facts.set("stacks/program/profile-parameters.ts", () => {
    const described = datacenterWith({ cluster: { controlPlane: { workloads: true } } });
    if (described.cluster === null) throw new Error("the minimal description has no cluster");
    return { workloadsOnControlPlane: profileParameters(described, described.cluster) };
  });
  facts.set("stacks/program/palette-args.ts", () => paletteArgsOf(datacenter));
  facts.set("stacks/sizing/worker.ts", () => worker);
  facts.set("stacks/sizing/control-plane.ts", controlPlaneSizes);
  facts.set("stacks/sizing/virtual-machine-capacity.ts", capacities);
  facts.set("stacks/sizing/pod-capacity.ts", () => ({
    podCapacity: podCapacity({ activeNodes: 63, maxPods: 250 }),
    nodeSlices: { "/18": nodeSlices("100.64.0.0/18"), "/17": nodeSlices("100.64.0.0/17") },
  }));
  facts.set("stacks/preflight/all-rules.ts", ruleFindings);
  facts.set("components/bare-metal/layouts/layout-table.ts", () =>
    Object.fromEntries([
      ...Object.keys(layouts).map((name) => [name, layout(datacenter, name as LayoutName)]),
      ["four-nic, tagged PXE", layout(datacenterWith({ networks: { provisioning: { vlan: 5 } } }), "four-nic")],
    ]),
  );
  facts.set("components/bare-metal/layouts/profile-interfaces.ts", () =>
    Object.fromEntries(Object.keys(layouts).map((name) => [name, interfaces(datacenter, name as LayoutName)])),
  );
  return facts;
}

function defaultDatacenter(): Datacenter {
  const reading = readDatacenter(minimalDescription());
  if (!reading.ok) throw new Error("the minimal description of the tests is not valid");
  return reading.datacenter;
}

function addProfile(facts: Map<string, () => unknown>, profile: keyof typeof profileFolders): void {
  const folder = `profiles/${profileFolders[profile]}`;
  const files = readProfileFiles(profileFolders[profile]);
  facts.set(`${folder}/profile.yaml`, () => rendered(profile));
  files.layerFiles.forEach((file, index) => facts.set(`${folder}/${file}`, () => layerFacts(rendered(profile), index)));
  for (const name of Object.keys(files.nodeFileTexts)) {
    const target = files.layers.flatMap((layer) => layer.nodeFiles ?? []).find(({ source }) => source === name);
    if (target !== undefined)
      facts.set(`${folder}/node-files/${name}`, () => nodeFilesOf(rendered(profile)).get(target.targetPath)?.content);
  }
  for (const name of Object.keys(files.alternatives)) {
    facts.set(`${folder}/alternatives/${name}.yaml`, () => {
      const changed = rendered(profile, {}, [name]);
      return Object.fromEntries(changed.layers.map((layer, index) => [layer.pack.name, layerFacts(changed, index)]));
    });
  }
}

function addTemplates(facts: Map<string, () => unknown>, datacenter: Datacenter): void {
  const { virtualization } = datacenter;
  if (virtualization === null) throw new Error("the minimal description has no virtualization");
  const folder = "vmo-ra-templates";
  const args = plainVirtualizationArgs(datacenter, virtualization, {});
  const profile = templatesProfile(args, {}, referenceParameters);
  const files = readProfileFiles(folder).layerFiles;
  files.forEach((file, index) =>
    facts.set(`profiles/${folder}/${file}`, () => {
      const layer = profile.rendered.layers[index];
      if (layer === undefined) throw new Error(`profile ${folder} has no layer ${file}`);
      const secret = Object.entries(profile.secretManifests)
        .filter(([key]) => key.startsWith(`${layer.pack.name}/`))
        .map(([key, content]) => ({ name: key.split("/")[1] ?? "", content }));
      return manifestFacts({ ...layer, manifests: [...layer.manifests, ...secret] });
    }),
  );
}

function layerFacts(profile: RenderedProfile, index: number): unknown {
  const layer = profile.layers[index];
  if (layer === undefined) throw new Error(`${profile.name} has no layer ${index}`);
  return manifestFacts(layer);
}

function manifestFacts(layer: RenderedProfile["layers"][number]): unknown {
  const manifests = layer.manifests.map(({ name, content }) => {
    const documents = parseAllDocuments(content).map((document) => document.toJS() as unknown);
    return [name, documents.length === 1 ? documents[0] : documents];
  });
  return {
    pack: layer.pack,
    presets: layer.presets,
    values: parse(layer.values) as unknown,
    manifests: Object.fromEntries(manifests) as unknown,
  };
}

function networks(datacenter: Datacenter) {
  const storage = { role: "storage" as const, cidr: "172.17.0.0/22", vlan: 11, mtu: 9000, gateway: null };
  return [...hostNetworks(datacenter.networks).filter(({ role }) => role !== "storage"), storage];
}

function layout(datacenter: Datacenter, name: LayoutName): unknown {
  const [host] = datacenter.hostGroups.flatMap(({ hosts }) => hosts);
  const all = networks(datacenter).filter(({ role }) => role !== "storage" || name === "six-nic");
  return hostLayout({
    layout: name,
    fabric: datacenter.fabric.name,
    networks: all,
    nics: {},
    bond: () => ({ mode: host?.bond.mode ?? "802.3ad", mtu: null }),
    addresses: {},
    virtualMachineMtu: 1500,
  });
}

/** Nodes run on the bridge itself where the management network is untagged. */
function interfaces(datacenter: Datacenter, name: LayoutName): unknown {
  const onBridge = name === "node-on-bridge";
  const all = networks(datacenter).map((network) =>
    onBridge && network.role === "management" ? { ...network, vlan: 0 } : network,
  );
  return profileInterfaces({ layout: name, networks: all, nics: {} });
}

/** What the site's resources get, by the names that the table uses. */
function siteFacts(datacenter: Datacenter) {
  const site = siteArgs(datacenter);
  const names = (objects: readonly { inputs: { name: string } }[]): string[] =>
    objects.map(({ inputs }) => inputs.name);
  return {
    resourcePools: names(site.resourcePools),
    zones: names(site.zones),
    domain: site.domain.inputs.name,
    subnets: site.subnets.map(({ inputs }) => inputs),
    staticRoutes: site.staticRoutes.map(({ inputs: { source, destination, gateway, metric } }) => ({
      source,
      destination,
      gateway,
      metric,
    })),
    settings: Object.fromEntries(site.settings.map(({ inputs }) => [inputs.name, inputs.value])),
  };
}

/** A specific datacenter network that is reached over the management network (RA, Network configuration). */
function withRemote(): Datacenter {
  return datacenterWith({
    networks: { management: { remote: [{ cidr: "10.99.0.0/16", gateway: "172.16.0.1" }] } },
  });
}

/** Values of the core profile's variables on a cluster whose workers have a layout. */
function coreVariables(name: LayoutName): unknown {
  const described = datacenterWith({ hosts: { "worker-pool": { layout: name } } });
  return valueAt(paletteArgsOf(described), "profiles[1].variables");
}

/** What the table of control plane sizes comes to at the upper end of each of its rows. */
function controlPlaneSizes(): unknown {
  const ends = [
    [10, 100],
    [25, 500],
    [100, 1000],
    [250, 2000],
    [500, 4000],
  ] as const;
  return Object.fromEntries(
    ends.map(([workers, namespaces]) => {
      const { cpuCores, memoryMebibytes } = controlPlaneSize(workers, namespaces) ?? {};
      return [`${workers}-workers-${namespaces}-namespaces`, { cpuCores, memoryMebibytes }];
    }),
  );
}

/** How many virtual machines of 4 CPUs and 4 GiB fit on one worker that is short of one thing. */
function capacities(): unknown {
  const on = (cpuCores: number, gibibytes: number): { virtualMachines: number; bound: string } => {
    const { virtualMachines, bound } = virtualMachineCapacity({
      workers: [{ cpuCores, memoryMebibytes: gibibytes * 1024 }],
      mix: [{ cpuCores: 4, memoryMebibytes: 4096, share: 1 }],
      maxPods: 1000,
    });
    return { virtualMachines, bound };
  };
  return { cpuBound: on(40, 4096), memoryBound: on(400, 64), unbound: on(400, 4096) };
}
