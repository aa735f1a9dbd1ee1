import type { ClusterObject, LabCluster } from "./lab-cluster";
import type { Description } from "./lab-datacenter";

/** A change of one setting of `virtualization`, and how it shows in the cluster. */
export interface VirtualizationChange {
  /** The setting as docs/configuration.md names it. */
  setting: string;
  change: (description: Description) => void;
  holds: (cluster: LabCluster) => Promise<boolean>;
}

/** Everything that a description can have before it is changed: images of every source, a template on the pod network, more machines than fit. */
export function describeEverything(description: Description): void {
  const virtualization = sectionOf(description);
  Object.assign(virtualization["images"] as object, {
    "dv-copy": {
      operatingSystem: "linux",
      pvc: { namespace: "vmo-golden-images", name: "dv-ubuntu-2204" },
    },
    "dv-upload": { operatingSystem: "linux", upload: true },
  });
  Object.assign(virtualization, {
    templates: {
      "own-pod": { image: "dv-ubuntu-2204", network: "pod", instanceType: "vmit-small", publish: { ports: [22] } },
    },
    plannedVirtualMachines: [{ count: 2000 }],
  });
}

function sectionOf(description: Description): Record<string, unknown> {
  return description["virtualization"] as Record<string, unknown>;
}

/** Sets fields of an entry of a section such as `templates`. */
function entry(description: Description, section: string, name: string, fields: Record<string, unknown>): void {
  const entries = (sectionOf(description)[section] ?? {}) as Record<string, Record<string, unknown>>;
  entries[name] = { ...entries[name], ...fields };
  sectionOf(description)[section] = entries;
}

async function specOf(found: Promise<ClusterObject | undefined>): Promise<string> {
  return JSON.stringify((await found)?.spec ?? {});
}

const images = "vmo-golden-images";
const ubuntu = "vmtemplate-ubuntu-2204";

function template(
  setting: string,
  fields: Record<string, unknown>,
  shown: RegExp,
  name = ubuntu,
): VirtualizationChange {
  return {
    setting: `templates.<name>.${setting}`,
    change: (description) => entry(description, "templates", name, fields),
    holds: async (cluster) => shown.test(await specOf(cluster.find("VmTemplate", name))),
  };
}

/** Every setting of `virtualization` that reaches the cluster. */
export const changesOfVirtualization: readonly VirtualizationChange[] = [
  {
    setting: "networks",
    change: (description) =>
      Object.assign(sectionOf(description), {
        networks: [
          { vlan: 30 },
          { untagged: true },
          { vlans: "33-34" },
          { vlan: 35, name: "backup", namespace: "virtual-machines" },
        ],
      }),
    holds: async (cluster) =>
      (await cluster.find("NetworkAttachmentDefinition", "nad-vlan-33", "default")) !== undefined &&
      (await specOf(cluster.find("NetworkAttachmentDefinition", "backup", "virtual-machines"))).includes(
        String.raw`\"vlan\": 35`,
      ),
  },
  {
    setting: "virtualMachineNamespaces",
    // The core profile names these namespaces too, and what a version holds never changes.
    change: (description) => {
      Object.assign(sectionOf(description), { virtualMachineNamespaces: ["default", "virtual-machines", "more-vms"] });
      Object.assign(description["cluster"] ?? {}, { profileVersions: { core: "1.7.1" } });
    },
    holds: async (cluster) => (await cluster.find("Secret", `${ubuntu}-cloud-init`, "more-vms")) !== undefined,
  },
  {
    setting: "images.<name>.sizeGibibytes",
    change: (description) => entry(description, "images", "dv-ubuntu-2204", { sizeGibibytes: 60 }),
    holds: async (cluster) => {
      const version = /"name":"(dv-ubuntu-2204-[0-9a-f]{8})"/.exec(
        await specOf(cluster.find("VmTemplate", ubuntu)),
      )?.[1];
      if (version === undefined) return false;
      const former = await cluster.find("DataVolume", "dv-ubuntu-2204", images);
      return former === undefined && (await specOf(cluster.find("DataVolume", version, images))).includes('"60Gi"');
    },
  },
  {
    setting: "images.<name>.namespace",
    change: (description) =>
      entry(description, "images", "dv-more", {
        operatingSystem: "linux",
        url: "docker://registry.example.test/more:1",
        namespace: "virtual-machines",
      }),
    holds: async (cluster) =>
      (await cluster.find("DataVolume", "dv-more", "virtual-machines"))?.status?.phase === "Succeeded",
  },
  {
    setting: "images.<name> = false",
    change: (description) => Object.assign(sectionOf(description)["images"] as object, { "dv-upload": undefined }),
    holds: async (cluster) => (await cluster.find("DataVolume", "dv-upload", images)) === undefined,
  },
  {
    setting: "preferences",
    change: (description) => Object.assign(sectionOf(description), { preferences: { "team-linux": "linux" } }),
    holds: async (cluster) => (await cluster.find("VirtualMachineClusterPreference", "team-linux")) !== undefined,
  },
  {
    setting: "instanceTypes",
    change: (description) =>
      Object.assign(sectionOf(description), {
        instanceTypes: { "vmit-small": { cpuCores: 1, memoryGibibytes: 3 }, "vmit-large": false },
      }),
    holds: async (cluster) =>
      /"guest":1\b.*"guest":"3Gi"/.test(
        await specOf(cluster.find("VirtualMachineClusterInstancetype", "vmit-small")),
      ) && (await cluster.find("VirtualMachineClusterInstancetype", "vmit-large")) === undefined,
  },
  template("displayName", { displayName: "Ubuntu of ours" }, /"displayName":"Ubuntu of ours"/),
  template("description", { description: "for everybody" }, /"description":"for everybody"/),
  template("network", { network: "backup" }, /"networkName":"virtual-machines\/backup"/),
  template("cpuCores", { cpuCores: 6 }, /"sockets":6/),
  template("memoryGibibytes", { memoryGibibytes: 12 }, /"guest":"12Gi"/),
  template("diskGibibytes", { diskGibibytes: 70 }, /"storage":"70Gi"/),
  template("preference", { preference: "team-linux" }, /"preference":\{[^}]*"team-linux"/),
  template("instanceType", { instanceType: "vmit-medium" }, /"instancetype":\{[^}]*"vmit-medium"/, "own-pod"),
  {
    setting: "templates.<name>.sshKeys",
    change: (description) => entry(description, "templates", ubuntu, { sshKeys: ["ssh-ed25519 AAAAC3Nza operator"] }),
    holds: async (cluster) => {
      const secret = (await cluster.find("Secret", `${ubuntu}-cloud-init`, "default")) as
        { data?: { userdata?: string } } | undefined;
      return Buffer.from(secret?.data?.userdata ?? "", "base64")
        .toString()
        .includes("AAAAC3Nza operator");
    },
  },
  {
    setting: "templates.<name>.publish",
    change: (description) =>
      entry(description, "templates", "own-pod", {
        publish: { ports: [22, 443], access: "cluster", namespace: "virtual-machines" },
      }),
    holds: async (cluster) =>
      /"port":443.*"type":"ClusterIP"/.test(await specOf(cluster.find("Service", "own-pod", "virtual-machines"))),
  },
  {
    setting: "templates.<name>.image",
    change: (description) => entry(description, "templates", "from-copy", { image: "dv-copy" }),
    holds: async (cluster) =>
      (await specOf(cluster.find("VmTemplate", "from-copy"))).includes(`"name":"dv-copy","namespace":"${images}"`),
  },
];
