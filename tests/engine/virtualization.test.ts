import assert from "node:assert/strict";
import { join } from "node:path";
import { LabCluster } from "./support/lab-cluster";
import { LabDatacenter } from "./support/lab-datacenter";
import { ended, refused } from "./support/outcomes";
import { counts } from "./support/resources";
import { type Ran, start } from "./support/run";
import { changesOfVirtualization, describeEverything } from "./support/virtualization-changes";

describe("the virtualization layer on the lab", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter();
  let cluster: LabCluster;

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

  it("is previewed although there is no cluster yet", async () => {
    const preview = await datacenter.pulumi(["preview"]);
    ended(preview, 0);
    assert.match(preview.output, /VmTemplate vmtemplate-windows-2022 +create/);
    assert.doesNotMatch(preview.output, /does not know what is in the cluster/);
  });

  it("imports images from a registry, a web server, a claim and by upload, and warns of what deserves it", async () => {
    const up = await datacenter.up();
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
    const outputs = JSON.parse((await datacenter.pulumi(["stack", "output", "--json"])).stdout) as {
      capacity: { virtualMachines: number; bound: string };
      vlans: { vlans: string; usable: boolean; reason: string }[];
    };
    assert.ok(outputs.capacity.virtualMachines > 0 && outputs.capacity.bound.length > 0);
    assert.deepEqual(
      outputs.vlans.map(({ vlans, usable }) => [vlans, usable]),
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
    assert.match(all.output, /^ok {3}own-pod on default\/nad-vlan-30$/m);
    assert.match(all.output, /^ok {3}vmtemplate-windows-2022 on default\/nad-vlan-untagged$/m);
    assert.match(all.output, /^6 checked: 0 errors$/m);
    ended(await check("--template", "own-pod", "--network", "pod"), 0);
    const wrong = await check("--template", "own-pod", "--network", "nad-vlan-31");
    ended(wrong, 1);
    assert.match(wrong.output, /there is no network "nad-vlan-31": there are default\/nad-vlan-30/);
  });

  it("applies a change of every setting, and nothing the second time", async () => {
    await datacenter.describe((description) => {
      for (const { change } of changesOfVirtualization) change(description);
    });
    ended(await datacenter.up(), 0);
    for (const { setting, holds } of changesOfVirtualization)
      assert.ok(await holds(cluster), `${setting} did not reach the cluster`);
    const again = await datacenter.up();
    assert.deepEqual(Object.keys(counts(again.output)), ["unchanged"], again.output);
    ended(await datacenter.drift(), 0);
  });

  it("keeps an image that a disk is still to be cloned from, and rolls over when it is done", async () => {
    const image = "dv-windows-2022";
    await cluster.makeMachine({ name: "vm-new", namespace: "virtual-machines", network: "default/nad-vlan-33", image });
    await datacenter.describe((description) => {
      const images = description["virtualization"]?.["images"] as Record<string, Record<string, unknown>>;
      images[image] = { ...images[image], checksum: `sha256:${"1".repeat(64)}` };
    });
    refused(
      await datacenter.up(),
      /golden image vmo-golden-images\/dv-windows-2022 has a newer version .* virtual-machines\/vm-new-disk \(/,
    );
    assert.ok(await cluster.find("DataVolume", image, "vmo-golden-images"), "the image is still there");
    await cluster.delete("DataVolume", "vm-new-disk", "virtual-machines");
    ended(await datacenter.up(), 0);
    assert.equal(await cluster.find("DataVolume", image, "vmo-golden-images"), undefined, "the former version is gone");
    const template = await cluster.find("VmTemplate", "vmtemplate-windows-2022");
    assert.match(JSON.stringify(template?.spec?.["dataVolumeTemplates"]), /"name":"dv-windows-2022-[0-9a-f]{8}"/);
  });

  it("refuses to take a network away from under a machine, in preview already", async () => {
    const withNetwork = (description: Record<string, Record<string, unknown>>): void => {
      const networks = description["virtualization"]?.["networks"] as { vlans?: string }[];
      Object.assign(description["virtualization"] ?? {}, {
        networks: networks.filter(({ vlans }) => vlans === undefined),
      });
    };
    const [former] = [JSON.stringify(await described())];
    await datacenter.describe(withNetwork);
    for (const ran of [await datacenter.pulumi(["preview"]), await datacenter.up()])
      refused(
        ran,
        /network default\/nad-vlan-33 is no longer described, but a VM is on it: virtual-machines\/vm-new\./,
      );
    assert.ok(await cluster.find("NetworkAttachmentDefinition", "nad-vlan-33", "default"));
    await datacenter.describe((description) => Object.assign(description, JSON.parse(former ?? "{}") as object));
  });

  /** The description as it is at present. */
  async function described(): Promise<Record<string, unknown>> {
    let found: Record<string, unknown> = {};
    await datacenter.describe((description) => {
      found = structuredClone(description);
    });
    return found;
  }
});
