import assert from "node:assert/strict";
import { hostPlan, planText } from "../../../ops/plan-host/host-plan";
import { readDatacenter } from "../../../stacks/description/read-datacenter";
import { freshMachine } from "../fresh-machine";

const reading = readDatacenter({
  name: "dc1",
  domain: "metal.example.test",
  maas: { url: "http://maas.example.test:5240/MAAS" },
  hosts: { "control-plane": { machines: "cp-[1-3]" }, "worker-pool": { machines: "worker-[1-4]" } },
});
assert.ok(reading.ok);
const { datacenter } = reading;
const worker = freshMachine("worker-1", ["enp1s0", "enp2s0", "enp1s1", "enp2s1"]);

describe("hostPlan", () => {
  it("plans a fresh worker: bonds, bridge, VLAN interfaces and links, in the order of the calls", () => {
    const plan = hostPlan(datacenter, "worker-1", [worker]);
    assert.equal(plan.systemId, "id-worker-1");
    assert.equal(plan.when, "applied at once");
    const made = plan.calls.flatMap((call) => ("name" in call ? [call.name] : []));
    assert.deepEqual([...made].sort(), ["bond_data", "bond_data.20", "bond_mgmt", "bond_mgmt.10", "br0"]);
    assert.ok(made.indexOf("bond_data") < made.indexOf("br0"));
    assert.match(planText(plan), /create bond bond_data \(802\.3ad\) of enp1s1, enp2s1/);
  });

  it("reckons with the name that the fabric of the provisioning subnet gets first", () => {
    const vlan = { id: 5001, vid: 0, fabric: "fabric-0" };
    const plugged = (subnet: string) => {
      const nics = worker.interface_set.map((nic, index) => ({
        ...nic,
        vlan: { ...nic.vlan, ...vlan },
        links: index === 0 ? [{ id: 1, mode: "auto", subnet: { cidr: subnet, vlan } }] : [],
      }));
      return [{ ...worker, interface_set: nics as unknown as typeof worker.interface_set }];
    };
    const { provisioning } = datacenter.networks;
    const moved = (subnet: string) =>
      hostPlan(datacenter, "worker-1", plugged(subnet)).calls.filter(
        (call) => call.operation === "update" && call.fields.vlan !== undefined,
      );
    assert.deepEqual(moved(provisioning.cidr), []);
    assert.equal(moved("10.99.0.0/16").length, 4, "another fabric keeps its name, so the NICs have to move");
  });

  it("says when a deployed machine would be changed", () => {
    const plan = hostPlan(datacenter, "worker-1", [{ ...worker, status: 6, status_name: "Deployed" }]);
    assert.equal(plan.when, "pending until repave: worker-1 is Deployed");
  });

  it("names the hosts that are described, and the machine that MAAS lacks", () => {
    assert.throws(
      () => hostPlan(datacenter, "worker-9", [worker]),
      /describes no host "worker-9"\. It has: cp-1, .*worker-4\./,
    );
    assert.throws(() => hostPlan(datacenter, "worker-2", [worker]), /no machine with hostname "worker-2"/);
  });
});
