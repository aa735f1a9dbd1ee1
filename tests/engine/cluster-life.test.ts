import assert from "node:assert/strict";
import { type Description, LabDatacenter, deployed, ready } from "./support/lab-datacenter";
import { refused, well } from "./support/outcomes";
import { PaletteByHand } from "./support/palette-by-hand";
import { counts, resourcesOf } from "./support/resources";

describe("a cluster's life on the lab", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter();
  const palette = new PaletteByHand(datacenter);

  before(() => datacenter.lab("start", "--time-scale", "240"));
  after(() => datacenter.remove());

  /** Changes the description's cluster. */
  const cluster = (change: Record<string, unknown>): Promise<void> =>
    datacenter.describe((description) => Object.assign(description["cluster"] as object, change));

  async function hosts(pattern: RegExp, status: number): Promise<string[]> {
    const { maas } = await datacenter.status();
    return maas.machines
      .filter((machine) => pattern.test(machine.hostname) && machine.status === status)
      .map(({ hostname }) => hostname);
  }

  /** Workers whose management bond has the MTU that was asked for. */
  async function changed(): Promise<string[]> {
    const { maas } = await datacenter.status();
    return maas.machines
      .filter(({ interfaces }) => interfaces.find(({ name }) => name === "bond_mgmt")?.params.mtu === 9000)
      .map(({ hostname }) => hostname);
  }

  const taints = [{ key: "maintenance", effect: "PreferNoSchedule" }];
  const settings = {
    osPatch: { patchOnBoot: true, schedule: "0 3 * * SUN", rebootIfRequired: true },
    timezone: "Europe/Berlin",
    componentUpgrades: "lock",
  };

  const destroy = ["destroy", "--yes", "--skip-preview"];
  /** Uid of a cluster that uses the same profiles. */
  let other = "";

  it("comes up", async () => {
    well(await datacenter.up());
    assert.equal((await hosts(/^(cp|worker)-/, deployed)).length, 8);
  });

  it("is changed in place by more nodes, labels and storage nodes: no Kubernetes object changes", async () => {
    await cluster({ workers: [{ size: 6, labels: { rack: "a" } }] });
    const preview = well(await datacenter.pulumi(["preview"]));
    const { "to update": changes, "to create": creations } = counts(preview.output);
    assert.deepEqual([changes, creations], [1, undefined], preview.output);
    assert.match(preview.output, /palette:Cluster cluster update/);
  });

  it("names the resource pool that MAAS cannot fill, Ready and needed, and waits on while Palette is away", async () => {
    const spare = await datacenter.spareWorker();
    await datacenter.lab("maas", "POST", "machines/?op=allocate", `name=${spare.hostname}`);
    const up = datacenter.startPulumi(["up", "--yes", "--skip-preview"]);
    await up.printed(
      /machine pool "worker-pool" needs 1 more machine, but MAAS resource pool "worker-pool" has 0 Ready that fit: 1 Allocated; 5 Deployed/,
    );
    await datacenter.lab("faults", "add", "palette", "kind=reset");
    await up.printed(/got no answer.*The wait goes on for up to 5 minutes without Palette/);
    await datacenter.lab("faults", "clear");
    await datacenter.kill(up, /Palette answers again/);
    await datacenter.lab("machine", spare.hostname, "release");
  });

  it("loses nothing when that update is killed: the next one goes on", async () => {
    well(await datacenter.up());
    assert.equal((await hosts(/^worker-/, deployed)).length, 6);
    assert.equal((await palette.machines()).length, 9);
    assert.equal(await palette.variable("VMO-RA-Infra-MaaS-PureFlashArray", "maxStorageNodes"), "6");
    const { spec } = await palette.cloudConfig();
    const pool = spec.machinePoolConfig.find(({ name }) => name === "worker-pool");
    assert.deepEqual([pool?.size, pool?.additionalLabels], [6, { rack: "a" }]);
  });

  const inPlace: [what: string, updates: number, change: (description: Description) => void][] = [
    ["settings", 1, ({ cluster: changed }) => Object.assign(changed ?? {}, settings)],
    ["taints", 1, ({ cluster: changed }) => Object.assign(changed ?? {}, { workers: [{ size: 6, taints }] })],
    [
      "variables and an add-on profile's version",
      2,
      ({ cluster: changed, networks }) => {
        Object.assign(changed ?? {}, { imageIngress: true, profileVersions: { core: "1.8.0" } });
        Object.assign(networks ?? {}, { virtualMachines: { vlans: "21-120" } });
      },
    ],
  ];
  for (const [what, updates, change] of inPlace) {
    it(`leaves every Kubernetes object as it is in a preview of other ${what}`, async () => {
      let before: Description = {};
      await datacenter.describe((description) => {
        before = structuredClone(description);
        change(description);
      });
      const { output } = well(await datacenter.pulumi(["preview"]));
      const { unchanged, ...changes } = counts(output);
      assert.deepEqual(changes, { "to update": updates }, output);
      assert.ok((unchanged ?? 0) > 90, output);
      assert.doesNotMatch(output, /kubernetes:\S+ \S+ (create|update|replace|delete)/);
      await datacenter.describe((description) => Object.assign(description, before));
    });
  }

  it("is not replaced: a preview refuses a change that would need another cluster", async () => {
    await cluster({ name: "other", profileVersions: { core: "1.7.1" } });
    refused(await datacenter.pulumi(["preview"]), /name cannot change from "dev" to "other".*delete the cluster/s);
    await cluster({ name: "dev", profileVersions: {} });
  });

  it("replaces nodes for a taint only when that is approved, and sends nothing before", async () => {
    await cluster({ workers: [{ size: 6, labels: { rack: "a" }, taints }] });
    const before = await palette.machines();
    refused(await datacenter.up(), /this change replaces nodes.*Nothing was sent.*approveRepave: true/s);
    assert.deepEqual(await palette.machines(), before);
  });

  it("is told of a pack that does not exist", async () => {
    await cluster({ versions: { metallb: "9.9.9" }, profileVersions: { core: "1.7.9" }, workers: [{ size: 5 }] });
    refused(await datacenter.up(), /lb-metallb-helm.*9\.9\.9/s);
    await cluster({ versions: {}, profileVersions: {} });
  });

  it("takes new versions of its profiles, says what they replace, and stops before nodes are until that is approved", async () => {
    await datacenter.describe((description: Description) => {
      Object.assign(description["cluster"] as object, {
        kubelet: { maxPods: 240 },
        imageIngress: true,
        profileVersions: { infra: "1.8.0", core: "1.8.0" },
      });
    });
    const preview = well(await datacenter.pulumi(["preview"]));
    assert.match(preview.output, /replaces every node of cluster "dev".*until cluster\.approveRepave is true/);
    const before = await palette.machines();
    refused(await datacenter.up(), /waits for approval of a repave.*approveRepave: true/s);
    const left = (await palette.machines()).filter((uid) => before.includes(uid));
    assert.equal(left.length, 8, "the pool shrinks, and no node is replaced");
    assert.deepEqual(await palette.profiles(), ["VMO-RA-Infra-MaaS-PureFlashArray 1.8.0", "VMO-RA-Core-PXKE 1.8.0"]);
    assert.equal(await palette.variable("VMO-RA-Infra-MaaS-PureFlashArray", "maxStorageNodes"), "5");
  });

  it("begins no repave without a spare machine", async () => {
    const [spare] = await hosts(/^worker-[1-6]$/, ready);
    assert.ok(spare);
    await datacenter.lab("maas", "POST", "machines/?op=allocate", `name=${spare}`);
    await cluster({ approveRepave: true });
    const [preview, up] = [await datacenter.pulumi(["preview"]), await datacenter.up()];
    await datacenter.lab("machine", spare, "release");
    assert.match(well(preview).output, /needs a spare machine/);
    refused(up, /the repave is not begun: .*resource pool "worker-pool" has 0 Ready/s);
  });

  it("has every node of every pool replaced once that is approved, also when the update is killed in its midst", async () => {
    const before = await palette.machines();
    await datacenter.kill(datacenter.startPulumi(["up", "--yes", "--skip-preview"]), /control-plane .*to be replaced/);
    well(await datacenter.up());
    const after = await palette.machines();
    assert.equal(after.length, 8);
    assert.deepEqual(
      after.filter((uid) => before.includes(uid)),
      [],
    );
    assert.equal(await palette.variable("VMO-RA-Core-PXKE", "virtualMachineVlans"), "21-100", "sent with the version");
  });

  it("gets pending changes of its hosts spare first, then node by node, as the page says", async () => {
    await datacenter.describe((description: Description) => {
      const hostGroups = description["hosts"] as Record<string, object>;
      Object.assign(hostGroups["worker-pool"] ?? {}, { bonds: { bond_mgmt: { mtu: 9000 } } });
    });
    await cluster({ kubelet: { maxPods: 230 }, profileVersions: { infra: "1.9.0", core: "1.8.0" } });
    assert.match(
      well(await datacenter.pulumi(["preview"])).output,
      /machine pool "worker-pool" have changes that are pending until repave: (worker-[1-6], ){4}worker-[1-6]\. This repave does not wait/,
    );
    await cluster({ kubelet: { maxPods: 240 }, profileVersions: { infra: "1.8.0", core: "1.8.0" } });
    assert.match(well(await datacenter.up()).output, /pending until repave/);
    const [spare, ...more] = await changed();
    assert.ok(spare);
    assert.deepEqual(more, [], "only the machine that is Ready is changed");
    const node = await palette.machineOtherThan("worker-pool", [spare]);
    const { systemId } = await datacenter.machine(node.hostname);
    await datacenter.lab("maas", "PUT", `machines/${systemId}/`, "pool=default");
    await palette.deleteMachine("worker-pool", node.uid);
    await datacenter.hasStatus(node.hostname, ready);
    await datacenter.hasStatus(spare, deployed);
    const up = well(await datacenter.up("--refresh"));
    assert.deepEqual(new Set(await changed()), new Set([spare, node.hostname]));
    assert.equal((await datacenter.machine(node.hostname)).status, ready, "it is the next spare");
    assert.match(up.output, new RegExp(`PoolMembership ${node.hostname}-pool updated`));
    assert.match(up.output, /pending until repave/);
  });

  it("fetches its kubeconfig anew before the certificate ends, and no Kubernetes object is replaced", async () => {
    const soon = new Date(Date.now() + 10 * 86_400_000).toISOString();
    await datacenter.changeState((resources) => {
      const access = resources.find(({ urn }) => urn.endsWith("::dev-kubeconfig"));
      if (access?.outputs) access.outputs["expires"] = soon;
    });
    const preview = well(await datacenter.pulumi(["preview"]));
    assert.match(preview.output, /palette:Kubeconfig dev-kubeconfig update/);
    assert.doesNotMatch(preview.output, /kubernetes:\S+ \S+ (replace|delete|create)/);
  });

  it("is not touched while the gateway is down", async () => {
    await datacenter.lab("faults", "add", "palette", "kind=gateway-down");
    refused(await datacenter.pulumi(["preview"]), /SIT021.*dev-gateway/s);
    await datacenter.lab("faults", "clear");
  });

  it("is deleted by force when its deletion hangs and its name is given, and the machines that are left are listed", async () => {
    other = await palette.createClusterOfSameProfiles("by-hand");
    await datacenter.lab("faults", "add", "maas", "kind=status", "status=503", "method=POST", "operation=release");
    await datacenter.kill(datacenter.startPulumi(destroy), /Cluster dev: Deleting/);
    refused(await datacenter.pulumi(["preview"]), /SIT022 .*cluster "dev" is being deleted in Palette/);
    const left = await hosts(/^(cp|worker)-/, deployed);
    assert.equal(left.length, 8);
    const { output } = refused(
      await datacenter.pulumi(destroy, { VMO_METAL_FORCE_DELETE: "dev" }),
      /deletion was forced: .*Still in use in MAAS, to be released there: /,
      /\) in resource pool \S+ is still in use/,
    );
    for (const hostname of left) assert.match(output, new RegExp(`[:,] ${hostname} \\(\\w+, Deployed\\)`));
    await datacenter.lab("faults", "clear");
    for (const hostname of left) await datacenter.lab("machine", hostname, "release");
  });

  it("takes everything with it in the end, but for a profile that another cluster uses, which it names", async () => {
    refused(await datacenter.pulumi(destroy), /is used by by-hand/);
    assert.deepEqual(await hosts(/^(cp|worker)-/, deployed), []);
    await palette.deleteCluster(other);
    well(await datacenter.pulumi(destroy));
    assert.deepEqual(resourcesOf(datacenter.state()), []);
  });
});
