import assert from "node:assert/strict";
import { allHosts, controlPlaneHosts, hostGroupOf, workerHosts } from "../../../stacks/derived/all-hosts";
import { machinePools } from "../../../stacks/derived/machine-pools";
import { nodeCount, workerCount } from "../../../stacks/derived/node-count";
import { plannedCapacity } from "../../../stacks/derived/planned-capacity";
import { ubuntuImage } from "../../../stacks/derived/ubuntu-image";
import { allNetworks } from "../../../stacks/description/all-networks";
import { datacenterWith } from "../descriptions";

describe("stacks/derived", () => {
  const twoPools = datacenterWith({
    hosts: { gpu: { machines: "gpu-[1-2]" } },
    cluster: { workers: [{ size: 5 }, { hostGroup: "gpu", size: 1 }] },
  });

  it("counts nodes without the spares", () => {
    const { cluster } = twoPools;
    assert.ok(cluster !== null);
    assert.deepEqual([workerCount(cluster), nodeCount(cluster)], [6, 9]);
    assert.deepEqual(
      machinePools(cluster).map(({ pool, controlPlane, path }) => [pool.name, controlPlane, path]),
      [
        ["control-plane", true, "cluster.controlPlane"],
        ["worker-pool", false, "cluster.workers[0]"],
        ["gpu", false, "cluster.workers[1]"],
      ],
    );
  });

  it("knows whose hosts are whose", () => {
    assert.equal(allHosts(twoPools).length, 12);
    assert.deepEqual(
      controlPlaneHosts(twoPools).map(({ name }) => name),
      ["cp-1", "cp-2", "cp-3", "cp-4"],
    );
    assert.deepEqual(
      workerHosts(twoPools)
        .map(({ name }) => name)
        .slice(5),
      ["worker-6", "gpu-1", "gpu-2"],
    );
    assert.equal(hostGroupOf(twoPools, { hostGroup: "nope" }), undefined);
  });

  it("has every network once", () => {
    const datacenter = datacenterWith({
      networks: {
        storage: { cidr: "172.17.0.0/22" },
        management: { remote: [{ cidr: "10.99.0.0/16", gateway: "172.16.0.1" }] },
      },
    });
    assert.deepEqual(
      allNetworks(datacenter).map(({ cidr }) => cidr),
      [
        "192.168.0.0/22",
        "172.16.0.0/22",
        "10.20.0.0/16",
        "172.17.0.0/22",
        "10.99.0.0/16",
        "100.64.0.0/18",
        "100.64.64.0/18",
      ],
    );
  });

  it("compares the planned virtual machines with what fits", () => {
    assert.equal(plannedCapacity(datacenterWith()), null);
    const capacity = plannedCapacity(
      datacenterWith({
        cluster: { workers: [{ minimum: { cpuCores: 48, memoryGigabytes: 256 } }] },
        virtualization: { plannedVirtualMachines: [{ count: 100 }, { count: 20, cpuCores: 8, memoryGibibytes: 32 }] },
      }),
    );
    assert.deepEqual([capacity?.planned, capacity?.workers, capacity?.bound], [120, 5, "memory"]);
    assert.ok((capacity?.virtualMachines ?? 0) > 120);
  });

  it("knows the images of Ubuntu", () => {
    assert.deepEqual([ubuntuImage("22.04"), ubuntuImage("20.04")], ["ubuntu/jammy", undefined]);
  });
});
