import { parse } from "yaml";
import { publicKey } from "../../public-key";
import type { ClusterObject, LabCluster } from "./lab-cluster";
import type { Description } from "./lab-datacenter";

/** A change of one setting of `virtualization`, and how it shows in the cluster. */
export interface VirtualizationChange {
  /** The settings as docs/configuration.md names them, below `virtualization`. */
  settings: readonly string[];
  change: (description: Description) => void;
  holds: (cluster: LabCluster, outputs: StackOutputs) => Promise<boolean>;
}

/** Outputs of the stack, as far as changes show there. */
export interface StackOutputs {
  capacity: { virtualMachines: number; bound: string; mix: string; pods: number };
  vlans: { layout: string; inUse: boolean; lines: { vlans: string; usable: boolean; reason: string }[] }[];
}

/** Where golden images are after the changes. */
export const goldenImages = "golden-images";

/** Settings whose change has a step of its own in the life of the layer. */
export const changedElsewhere: readonly string[] = ["delivery", "images.<name>.checksum"];

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
      "from-copy": { image: "dv-copy" },
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

const ubuntu = "vmtemplate-ubuntu-2204";

function template(
  setting: string,
  fields: Record<string, unknown>,
  shown: RegExp,
  name = ubuntu,
): VirtualizationChange {
  return {
    settings: [`templates.<name>.${setting}`],
    change: (description) => entry(description, "templates", name, fields),
    holds: async (cluster) => shown.test(await specOf(cluster.find("VmTemplate", name))),
  };
}

function changeOf(section: Record<string, unknown>): (description: Description) => void {
  return (description) => Object.assign(sectionOf(description), section);
}

/** The name of an image's second version, as a template has it. */
async function secondVersion(cluster: LabCluster, templateName: string, image: string): Promise<string | undefined> {
  const spec = await specOf(cluster.find("VmTemplate", templateName));
  return new RegExp(`"name":"(${image}-[0-9a-f]{8})"`).exec(spec)?.[1];
}

/** A change of every setting of `virtualization`. */
export const changesOfVirtualization: readonly VirtualizationChange[] = [
  {
    settings: ["vlan", "vlans", "untagged", "name", "namespace"].map((field) => `networks[].${field}`),
    change: changeOf({
      networks: [{ vlan: 30 }, { vlans: "33-34" }, { vlan: 35, name: "backup", namespace: "virtual-machines" }],
    }),
    holds: async (cluster) =>
      (await cluster.find("NetworkAttachmentDefinition", "nad-vlan-untagged", "default")) === undefined &&
      (await cluster.find("NetworkAttachmentDefinition", "nad-vlan-33", "default")) !== undefined &&
      (await specOf(cluster.find("NetworkAttachmentDefinition", "backup", "virtual-machines"))).includes(
        String.raw`\"vlan\": 35`,
      ),
  },
  {
    settings: ["virtualMachineNamespaces"],
    // The core profile names these namespaces too, and what a version holds never changes.
    change: (description) => {
      changeOf({ virtualMachineNamespaces: ["default", "virtual-machines", "more-vms"] })(description);
      Object.assign(description["cluster"] ?? {}, { profileVersions: { core: "1.7.1" } });
    },
    holds: async (cluster) => (await cluster.find("Secret", `${ubuntu}-cloud-init`, "more-vms")) !== undefined,
  },
  {
    settings: ["user", "group", "serviceAccount", "role", "namespaces", "everywhere"].map(
      (field) => `users[].${field}`,
    ),
    change: changeOf({
      users: [
        { user: "alice@example.test", role: "power-user", namespaces: ["virtual-machines"] },
        { group: "operators", role: "admin", everywhere: true },
        { serviceAccount: "ci/deployer", role: "viewer" },
      ],
    }),
    holds: async (cluster) => {
      const bindings = await Promise.all([
        cluster.find("RoleBinding", "dev-vm-power-user", "virtual-machines"),
        cluster.find("ClusterRoleBinding", "dev-vm-admin"),
        cluster.find("RoleBinding", "dev-vm-viewer", "default"),
      ]);
      const names = ["alice@example.test", "operators", "deployer"];
      return bindings.every((binding, index) => JSON.stringify(binding ?? {}).includes(names[index] ?? ""));
    },
  },
  {
    settings: ["goldenImagesNamespace"],
    change: changeOf({ goldenImagesNamespace: goldenImages }),
    holds: async (cluster) =>
      (await cluster.find("DataVolume", "dv-windows-2022", goldenImages))?.status?.phase === "Succeeded" &&
      (await cluster.find("DataVolume", "dv-windows-2022", "vmo-golden-images")) === undefined,
  },
  {
    settings: ["images.<name>.url", "images.<name>.sizeGibibytes"],
    change: (description) =>
      entry(description, "images", "dv-ubuntu-2204", {
        url: "docker://registry.example.test/ubuntu:2",
        sizeGibibytes: 60,
      }),
    holds: async (cluster) => {
      const version = await secondVersion(cluster, ubuntu, "dv-ubuntu-2204");
      if (version === undefined) return false;
      const spec = await specOf(cluster.find("DataVolume", version, goldenImages));
      return (
        (await cluster.find("DataVolume", "dv-ubuntu-2204", goldenImages)) === undefined &&
        spec.includes('"60Gi"') &&
        spec.includes("example.test/ubuntu:2")
      );
    },
  },
  {
    settings: ["images.<name>.namespace"],
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
    settings: ["images.<name>.operatingSystem", "images.<name>.pvc.namespace", "images.<name>.pvc.name"],
    change: (description) =>
      entry(description, "images", "dv-copy", {
        operatingSystem: "windows",
        pvc: { namespace: "virtual-machines", name: "dv-more" },
      }),
    holds: async (cluster) => {
      const version = await secondVersion(cluster, "from-copy", "dv-copy");
      return (
        version !== undefined &&
        (await specOf(cluster.find("DataVolume", version, goldenImages))).includes('"name":"dv-more"') &&
        (await specOf(cluster.find("VmTemplate", "from-copy"))).includes('"sysprep"') &&
        (await cluster.find("Secret", "from-copy-cloud-init", "default")) === undefined
      );
    },
  },
  {
    settings: ["images.<name>.upload"],
    change: (description) => Object.assign(sectionOf(description)["images"] as object, { "dv-upload": undefined }),
    holds: async (cluster) => (await cluster.find("DataVolume", "dv-upload", goldenImages)) === undefined,
  },
  {
    settings: ["importTimeoutMinutes"],
    change: changeOf({ importTimeoutMinutes: 45 }),
    holds: async (cluster) =>
      (await cluster.find("DataVolume", "dv-windows-2022", goldenImages))?.metadata.annotations?.[
        "pulumi.com/timeoutSeconds"
      ] === "2700",
  },
  {
    settings: ["preferences"],
    change: changeOf({ preferences: { "team-linux": "linux" } }),
    holds: async (cluster) => (await cluster.find("VirtualMachineClusterPreference", "team-linux")) !== undefined,
  },
  {
    settings: ["instanceTypes.<name>.cpuCores", "instanceTypes.<name>.memoryGibibytes"],
    change: changeOf({ instanceTypes: { "vmit-small": { cpuCores: 1, memoryGibibytes: 3 }, "vmit-large": false } }),
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
  template("image", { image: "dv-more" }, /"name":"dv-more","namespace":"virtual-machines"/, "own-pod"),
  {
    settings: ["templates.<name>.sshKeys"],
    change: (description) => entry(description, "templates", ubuntu, { sshKeys: [`${publicKey} operator`] }),
    holds: async (cluster) => {
      const secret = (await cluster.find("Secret", `${ubuntu}-cloud-init`, "default")) as
        { data?: { userdata?: string } } | undefined;
      const userData = Buffer.from(secret?.data?.userdata ?? "", "base64").toString();
      // Parsed, because long keys are folded over two lines.
      const { users } = parse(userData) as { users: { ssh_authorized_keys: string[] }[] };
      return users[0]?.ssh_authorized_keys.includes(`${publicKey} operator`) === true;
    },
  },
  {
    settings: ["ports", "access", "namespace"].map((field) => `templates.<name>.publish.${field}`),
    change: (description) =>
      entry(description, "templates", "own-pod", {
        publish: { ports: [22, 443], access: "cluster", namespace: "default" },
      }),
    holds: async (cluster) =>
      /"port":443.*"type":"ClusterIP"/.test(await specOf(cluster.find("Service", "own-pod", "default"))),
  },
  {
    settings: ["count", "cpuCores", "memoryGibibytes", "hotAddedDisks"].map(
      (field) => `plannedVirtualMachines[].${field}`,
    ),
    change: changeOf({
      plannedVirtualMachines: [{ count: 3, cpuCores: 1, memoryGibibytes: 2, hotAddedDisks: true }],
    }),
    holds: (_cluster, { capacity }) => Promise.resolve(capacity.mix === "3 of 1 CPUs and 2 GiB with hot-added disks"),
  },
  {
    settings: ["extraPods.perNode", "extraPods.perCluster"],
    change: changeOf({ extraPods: { perNode: 2, perCluster: 10 } }),
    holds: (_cluster, { capacity }) => Promise.resolve(capacity.pods === 5 * (250 - 10 - 2) - 58 - 10),
  },
];
