import assert from "node:assert/strict";
import { LabCluster } from "./support/lab-cluster";
import { LabDatacenter } from "./support/lab-datacenter";
import { ended } from "./support/outcomes";
import type { Ran } from "./support/run";

const profile = { name: "spectro-storage-class" };
const template = { name: "vmtemplate-ubuntu-2204" };

describe("objects of a cluster that are edited by hand", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter();
  let cluster: LabCluster;
  let drift: Ran;
  let described: unknown;

  before(async () => {
    await datacenter.lab("start");
    ended(await datacenter.up(), 0);
    cluster = new LabCluster(await datacenter.lab("kubeconfig"));
    described = await specs();
    await cluster.edit("StorageProfile", profile, {
      spec: {
        cloneStrategy: "copy",
        claimPropertySets: [
          { accessModes: ["ReadWriteMany"], volumeMode: "Block" },
          { accessModes: ["ReadWriteOnce"], volumeMode: "Filesystem" },
        ],
      },
    });
    const spec = (await cluster.find("VmTemplate", template.name))?.spec as {
      template: { spec: { volumes: object[] } };
    };
    spec.template.spec.volumes.push({ name: "extra", emptyDisk: { capacity: "1Gi" } });
    await cluster.edit("VmTemplate", template, { spec });
    drift = await datacenter.driftReport();
  });
  after(() => datacenter.remove());

  async function specs(): Promise<unknown> {
    return [
      (await cluster.find("StorageProfile", profile.name))?.spec,
      (await cluster.find("VmTemplate", template.name))?.spec,
    ];
  }

  it("are drift, with each field and each item that was appended to a list", () => {
    ended(drift, 7);
    assert.match(drift.output, /spec\.cloneStrategy: found copy, described csi-clone/);
    assert.match(drift.output, /StorageProfile spectro-storage-class.*spec\.claimPropertySets.*found .*ReadWriteOnce/);
    assert.match(drift.output, /VmTemplate vmtemplate-ubuntu-2204.*spec\.template\.spec\.volumes.*found .*extra/);
  });

  it("are put back by an up, though another manager took the fields over, and are no drift then", async () => {
    ended(await datacenter.up("--refresh", "--run-program"), 0);
    assert.deepEqual(await specs(), described);
    ended(await datacenter.driftReport(), 0);
  });

  it("keep the labels of Helm on namespaces that a chart made", async () => {
    const labels = await cluster.namespaceLabels("virtual-machines");
    assert.equal(labels["app.kubernetes.io/managed-by"], "Helm");
    assert.equal(labels["vmo-metal/virtual-machines"], "true");
  });
});
