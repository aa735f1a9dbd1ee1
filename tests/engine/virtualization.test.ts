import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { datacenterJsonSchema } from "../../stacks/description/json-schema";
import { settingRows } from "../../stacks/description/settings-table";
import { publicKey } from "../public-key";
import { LabCluster } from "./support/lab-cluster";
import { type Description, LabDatacenter } from "./support/lab-datacenter";
import { ended, refused } from "./support/outcomes";
import { counts } from "./support/resources";
import { killTree, type Ran, type Running, start } from "./support/run";
import {
  changedElsewhere,
  changesOfVirtualization,
  describeEverything,
  goldenImages,
  type StackOutputs,
} from "./support/virtualization-changes";

describe("the virtualization layer on the lab", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter();
  let cluster: LabCluster;
  let former: Description = {};

  before(async () => {
    await datacenter.lab("start");
    await datacenter.describe(describeEverything);
  });
  after(() => datacenter.remove());

  /** `npm run vm -- check`. */
  function check(...options: string[]): Promise<Ran> {
    const env = { ...process.env, VMO_METAL_LAB_DIR: datacenter.folder, NO_COLOR: "1" };
    const args = ["--require", "tsx/cjs", "ops/vm.ts", "check", ...options];
    return start(process.execPath, args, { cwd: join(__dirname, "..", ".."), env }).ended;
  }

  async function stackOutputs(): Promise<StackOutputs> {
    return JSON.parse((await datacenter.pulumi(["stack", "output", "--json"])).stdout) as StackOutputs;
  }

  /** Adds an image to the description; undefined takes it out. */
  function describeImage(name: string, image: object | undefined): Promise<void> {
    return datacenter.describe((description) =>
      Object.assign(description["virtualization"]?.["images"] as object, { [name]: image }),
    );
  }

  it("is previewed although there is no cluster yet", async () => {
    const preview = await datacenter.pulumi(["preview"]);
    ended(preview, 0);
    assert.match(preview.output, /VmTemplate vmtemplate-windows-2022 +create/);
    assert.doesNotMatch(preview.output, /does not know what is in the cluster/);
  });

  it("waits for packs that come after the cluster, imports images of every source, and warns of what deserves it", async () => {
    await datacenter.lab("faults", "add", "palette", "kind=late-layer", "name=virtual-machine-orchestrator");
    const running = datacenter.startPulumi(["up", "--yes", "--skip-preview"]);
    await running.printed(
      /Waiting until the cluster takes the objects: .*CustomResourceDefinition datavolumes\.cdi\.kubevirt\.io: is not there/,
    );
    await datacenter.lab("faults", "clear", "palette");
    const up = await running.ended;
    ended(up, 0);
    assert.match(up.output, /VRT007 .*templates\.own-pod\.network: is the pod network: each live migration/);
    assert.match(
      up.output,
      /CLU015 .*plannedVirtualMachines: 2000 virtual machines are planned, but \d+ of this mix fit/,
    );
    assert.match(up.output, /virtctl image-upload dv dv-upload --namespace vmo-golden-images --no-create/);
    cluster = new LabCluster(await datacenter.lab("kubeconfig"));
    for (const [image, phase] of [
      ["dv-ubuntu-2204", "Succeeded"],
      ["dv-windows-2022", "Succeeded"],
      ["dv-copy", "Succeeded"],
      ["dv-upload", "UploadReady"],
    ] as const)
      assert.equal((await cluster.find("DataVolume", image, "vmo-golden-images"))?.status?.phase, phase, image);
    const service = await cluster.find("Service", "own-pod", "virtual-machines");
    assert.equal(service?.spec?.["type"], "LoadBalancer");
    assert.deepEqual(service.spec["selector"], { "vmo-metal/template": "own-pod" });
    const outputs = await stackOutputs();
    assert.ok(outputs.capacity.virtualMachines > 0 && outputs.capacity.bound.length > 0);
    assert.deepEqual(
      outputs.vlans.find(({ inUse }) => inUse)?.lines.map(({ vlans, usable }) => [vlans, usable]),
      [
        ["untagged", true],
        ["10", false],
        ["20", false],
        ["21-100", true],
      ],
    );
  });

  it("takes a machine from every template on every network, and names what is wrong with one", async () => {
    const all = await check();
    ended(all, 0);
    assert.match(all.output, /^ok {3}own-pod on default\/nad-vlan-30 in virtual-machines$/m);
    assert.match(all.output, /^ok {3}vmtemplate-windows-2022 on default\/nad-vlan-untagged in default$/m);
    assert.match(all.output, /^16 checked: 0 errors$/m);
    ended(await check("--template", "own-pod", "--network", "pod"), 0);
    const elsewhere = await check("--template", "own-pod", "--namespace", "kube-public");
    ended(elsewhere, 1);
    assert.match(
      elsewhere.output,
      /system:serviceaccount:kube-public:default may not clone images of namespace vmo-golden-images/,
    );
    const wrong = await check("--template", "own-pod", "--network", "nad-vlan-31");
    ended(wrong, 1);
    assert.match(wrong.output, /there is no network "nad-vlan-31": there are default\/nad-vlan-30/);
  });

  it("has a change for every setting of the description", () => {
    const rows = settingRows(datacenterJsonSchema()).map(({ path }) => path);
    const leaves = rows.filter(
      (path) =>
        path.startsWith("virtualization.") &&
        !rows.some((other) => /^[.[]/.test(other.slice(path.length)) && other.startsWith(path)),
    );
    const changed = [...changesOfVirtualization.flatMap(({ settings }) => settings), ...changedElsewhere];
    assert.deepEqual(
      leaves.filter((path) => !changed.includes(path.replace(/^virtualization\./, ""))),
      [],
    );
  });

  it("applies a change of every setting, and nothing the second time", async () => {
    await datacenter.describe((description) => {
      for (const { change } of changesOfVirtualization) change(description);
    });
    ended(await datacenter.up(), 0);
    const outputs = await stackOutputs();
    for (const { settings, holds } of changesOfVirtualization)
      assert.ok(await holds(cluster, outputs), `${settings.join(", ")} did not arrive`);
    const again = await datacenter.up();
    assert.deepEqual(Object.keys(counts(again.output)), ["unchanged"], again.output);
    ended(await datacenter.drift(), 0);
  });

  it("keeps an image that a disk is still to be cloned from, and rolls over when it is done", async () => {
    const image = "dv-windows-2022";
    await cluster.makeMachine({
      name: "vm-new",
      namespace: "virtual-machines",
      network: "default/nad-vlan-33",
      image: { namespace: goldenImages, name: image },
      cloudInitSecret: "own-pod-cloud-init",
      preference: "vmcp-generic-linux",
    });
    await datacenter.describe((description) => {
      const images = description["virtualization"]?.["images"] as Record<string, Record<string, unknown>>;
      images[image] = { ...images[image], checksum: `sha256:${"1".repeat(64)}` };
    });
    for (const ran of [await datacenter.pulumi(["preview"]), await datacenter.up()])
      refused(
        ran,
        /golden image golden-images\/dv-windows-2022 has a newer version .* virtual-machines\/vm-new-disk \(/,
      );
    assert.ok(await cluster.find("DataVolume", image, goldenImages), "the image is still there");
    await cluster.delete("DataVolume", "vm-new-disk", "virtual-machines");
    ended(await datacenter.up(), 0);
    assert.equal(await cluster.find("DataVolume", image, goldenImages), undefined, "the former version is gone");
    const template = await cluster.find("VmTemplate", "vmtemplate-windows-2022");
    assert.match(JSON.stringify(template?.spec?.["dataVolumeTemplates"]), /"name":"dv-windows-2022-[0-9a-f]{8}"/);
  });

  it("refuses an image of a name at which there is a claim that nobody owns, in preview already", async () => {
    await cluster.makeClaim("dv-taken", goldenImages);
    await describeImage("dv-taken", { operatingSystem: "linux", url: "docker://registry.example.test/taken:1" });
    for (const ran of [await datacenter.pulumi(["preview"]), await datacenter.up()])
      refused(ran, /golden image golden-images\/dv-taken: there is a PersistentVolumeClaim of this name/);
    await describeImage("dv-taken", undefined);
  });

  it("goes on after a kill during an import, waits for an API server that is away, and makes nothing twice", async () => {
    await datacenter.lab("faults", "add", "kubernetes", "kind=broken-image", "url=killed");
    await describeImage("dv-killed", { operatingSystem: "linux", url: "docker://registry.example.test/killed:1" });
    const killed = datacenter.startPulumi(["up", "--yes", "--skip-preview"]);
    await killed.printed(/golden image golden-images\/dv-killed is not there yet/);
    killTree(killed);
    await killed.ended;
    ended(await datacenter.pulumi(["cancel", "--yes"]), 0);
    const begun = await cluster.find("DataVolume", "dv-killed", goldenImages);
    await datacenter.lab("faults", "clear", "kubernetes");
    await datacenter.lab("faults", "add", "kubernetes", "kind=unreachable", "cluster=dev");
    const up = datacenter.startPulumi(["up", "--yes", "--skip-preview"]);
    await up.printed(/Waiting until the cluster takes the objects: Kubernetes: GET .* got no answer/);
    await datacenter.lab("faults", "clear", "kubernetes");
    ended(await up.ended, 0);
    const image = await cluster.find("DataVolume", "dv-killed", goldenImages);
    assert.deepEqual([image?.metadata.uid, image?.status?.phase], [begun?.metadata.uid, "Succeeded"]);
    await describeImage("dv-killed", undefined);
  });

  it("refuses to take away what a machine needs, in preview already", async () => {
    await datacenter.describe((description) => {
      former = structuredClone(description);
      const virtualization = description["virtualization"] as Record<string, Record<string, unknown>>;
      virtualization["networks"] = (virtualization["networks"] as unknown as { vlans?: string }[]).filter(
        ({ vlans }) => vlans === undefined,
      ) as never;
      virtualization["preferences"] = { ...virtualization["preferences"], "vmcp-generic-linux": false };
      delete virtualization["templates"]?.["own-pod"];
    });
    for (const ran of [await datacenter.pulumi(["preview"]), await datacenter.up()])
      refused(
        ran,
        /network default\/nad-vlan-33 is no longer described, but a VM is on it: virtual-machines\/vm-new\./,
        /Secret virtual-machines\/own-pod-cloud-init is no longer described, but a VM needs it .*: virtual-machines\/vm-new\./,
        /VirtualMachineClusterPreference vmcp-generic-linux is no longer described, but a VM needs it .*: virtual-machines\/vm-new\./,
      );
    assert.ok(await cluster.find("NetworkAttachmentDefinition", "nad-vlan-33", "default"));
    await datacenter.describe((description) => Object.assign(description, former));
  });

  it("hands the objects to the profile and back without touching one, and knows in between what is in use", async () => {
    const before = await cluster.ours();
    const deliver = async (delivery: string): Promise<void> => {
      await datacenter.describe((description) => Object.assign(description["virtualization"] ?? {}, { delivery }));
      ended(await datacenter.up(), 0);
      const now = await cluster.ours();
      assert.deepEqual(now, { ...now, ...before }, `delivery: ${delivery} replaced or deleted an object`);
    };
    await deliver("profile");
    await datacenter.describe((description) => {
      former = structuredClone(description);
      Object.assign(description["cluster"] ?? {}, { profileVersions: { core: "1.7.1", templates: "1.7.1" } });
      delete description["virtualization"]?.["networks"];
      delete (description["virtualization"]?.["templates"] as Record<string, object>)["vmtemplate-ubuntu-2204"];
    });
    refused(
      await datacenter.pulumi(["preview"]),
      /network default\/nad-vlan-33 is no longer described, but a VM is on it: virtual-machines\/vm-new\./,
    );
    await datacenter.describe((description) => Object.assign(description, former));
    await deliver("objects");
    ended(await datacenter.drift(), 0);
  });

  describe("beside a stack that only layers virtualization on the cluster", () => {
    let file = "";
    let others: Record<string, string>;
    const description = {
      name: "crew",
      existingCluster: { kubeconfigFile: "" },
      networks: { virtualMachines: { vlans: "40-49" } },
      virtualization: {
        goldenImagesNamespace: "crew-images",
        virtualMachineNamespaces: ["crew-vms"],
        networks: [{ vlans: "40-41", namespace: "crew-vms" }],
        images: { "dv-windows-2022": false },
        preferences: { "vmcp-generic-linux": false, "vmcp-generic-windows": false, "crew-linux": "linux" },
        instanceTypes: { "vmit-small": false, "vmit-medium": false, "vmit-large": false },
        templates: {
          "vmtemplate-ubuntu-2204": false,
          "crew-ubuntu": { image: "dv-ubuntu-2204", sshKeys: [`${publicKey} me`] },
        },
      },
    };
    const write = (crew: object): void => writeFileSync(file, stringify({ config: { "vmo-metal:datacenter": crew } }));
    const startRun = (...args: string[]): Promise<Running> =>
      datacenter.startSecondStack("crew", file, args, { VMO_METAL_POLL_MILLISECONDS: "500" });
    const run = async (...args: string[]): Promise<Ran> => (await startRun(...args)).ended;

    before(async () => {
      const kubeconfig = join(datacenter.folder, "crew-kubeconfig.yaml");
      writeFileSync(kubeconfig, cluster.kubeconfig, { mode: 0o600 });
      description.existingCluster.kubeconfigFile = kubeconfig;
      file = join(datacenter.folder, "Pulumi.crew.yaml");
      others = await cluster.ours();
    });

    it("refuses to change what is another stack's", async () => {
      write({ ...description, virtualization: { ...description.virtualization, preferences: {} } });
      refused(
        await run("up", "--yes", "--skip-preview"),
        /VirtualMachineClusterPreference vmcp-generic-linux is in the cluster already, and belongs to the datacenter "dev"/,
      );
      assert.deepEqual(await cluster.ours(), others);
    });

    it("waits for webhooks that refuse connections and an image that cannot be had, says so, then makes its own objects, without drift", async () => {
      write(description);
      const added = await datacenter.lab("faults", "add", "kubernetes", "kind=webhook-refused", "operator=KubeVirt");
      const [webhooks] = (JSON.parse(added) as { kubernetes: { id: number }[] }).kubernetes;
      await datacenter.lab("faults", "add", "kubernetes", "kind=broken-image", "url=ubuntu-container-disk");
      const up = await startRun("up", "--yes", "--skip-preview");
      await up.printed(/Waiting until the cluster takes the objects: .*failed calling webhook/);
      await datacenter.lab("faults", "clear", "kubernetes", String(webhooks?.id));
      await up.printed(/golden image crew-images\/dv-ubuntu-2204 is not there yet .*: Unable to connect to registry/);
      await datacenter.lab("faults", "clear", "kubernetes");
      ended(await up.ended, 0);
      assert.ok(await cluster.find("NetworkAttachmentDefinition", "nad-vlan-41", "crew-vms"));
      ended(await run("preview", "--refresh", "--run-program", "--expect-no-changes"), 0);
    });

    it("destroys nothing that a machine needs, and nothing of the other stack", async () => {
      await cluster.makeMachine({ name: "vm-crew", namespace: "crew-vms", network: "nad-vlan-41" });
      refused(await run("destroy", "--yes", "--skip-preview"), /crew-vms\/vm-crew: this VM/);
      assert.ok(await cluster.find("NetworkAttachmentDefinition", "nad-vlan-41", "crew-vms"));
      await cluster.delete("VirtualMachine", "vm-crew", "crew-vms");
      ended(await run("destroy", "--yes", "--skip-preview"), 0);
      assert.deepEqual(await cluster.ours(), others);
    });
  });

  describe("when the cluster is out of reach", () => {
    before(() => datacenter.lab("faults", "add", "kubernetes", "kind=unreachable", "cluster=dev"));

    it("says in a preview what it does not know, fails an update clearly, and can be destroyed", async () => {
      const preview = ended(await datacenter.pulumi(["preview"]), 0);
      assert.match(preview.output, /This preview does not know what is in the cluster: Kubernetes: GET https:\/\/127/);
      refused(
        await datacenter.up(),
        /The cluster has given no answer .*nothing was sent to it: Kubernetes: GET https:\/\/127/,
      );
      ended(await datacenter.pulumi(["destroy", "--yes", "--skip-preview"]), 0);
    });
  });
});
