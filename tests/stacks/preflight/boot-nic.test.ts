import assert from "node:assert/strict";
import { bootNicInProvisioning, bootNicKnown } from "../../../stacks/preflight/site/boot-nic";
import { rootFileSystemStays } from "../../../stacks/preflight/site/disks";
import { nicsFound } from "../../../stacks/preflight/site/nics";
import type { SiteFacts } from "../../../stacks/preflight/site-facts";
import { datacenterWith } from "../descriptions";
import { siteFacts, siteObjects, subnetFact, vlanFact } from "../site-facts";
import { onVlan, rootElsewhere, withBootNic } from "./broken-hosts";

const datacenter = datacenterWith();
const errors = (facts: SiteFacts): string[] =>
  bootNicInProvisioning.checkSite(datacenter, facts).map(({ path, message }) => `${path}: ${message}`);
const unknown = (facts: SiteFacts): number => bootNicKnown.checkSite(datacenter, facts).length;

describe("the check of boot NICs", () => {
  it("names each group of hosts and each network once", () => {
    const facts = withBootNic(["worker-2", "cp-1"], (nic) => onVlan(nic, "fabric-0", 52));
    const found = errors(facts);
    assert.equal(found.length, 2);
    assert.match(found[0] ?? "", /^hosts\.control-plane\.machines: cp-1 boots from enp1s0 on fabric-0\/52, but/);
    assert.match(found[1] ?? "", /^hosts\.worker-pool\.machines: worker-2 boots/);
  });

  it("accepts a discovered address in the described network, and another subnet on its VLAN", () => {
    assert.deepEqual(errors(withBootNic(["cp-1"], (nic) => onVlan(nic, "fabric-0", 0, "192.168.0.0/22"))), []);
    assert.deepEqual(errors(withBootNic(["cp-1"], (nic) => onVlan(nic, "fabric-0", 0, "192.168.8.0/24"))), []);
  });

  it("does not take a NIC on a fabric of its own for one in another network", () => {
    const facts = withBootNic(["cp-1"], (nic) => onVlan(nic, "fabric-31", 0));
    assert.deepEqual(errors(facts), []);
    assert.equal(unknown(facts), 1);
  });

  it("refuses one on a fabric that others are on, though it has no address", () => {
    const facts = withBootNic(["cp-1", "cp-2"], (nic) => onVlan(nic, "fabric-31", 0));
    assert.match(errors(facts).join(), /cp-1, cp-2 boot from enp1s0 on fabric-31\/untagged, but/);
    assert.equal(unknown(facts), 0);
  });

  it("refuses one in a network that has another mask", () => {
    const facts = siteFacts();
    const wide = withBootNic(["cp-1"], (nic) => onVlan(nic, "fabric-9", 0, "192.168.0.0/21"));
    assert.deepEqual(errors(facts), []);
    assert.match(errors(wide).join(), /in 192\.168\.0\.0\/21, but the described/);
  });

  it("knows nothing of a network that MAAS has not: the NIC is in some other one only when it had an address there", () => {
    const objects = siteObjects({ subnets: [subnetFact("10.1.0.0/24", { vlan: vlanFact(9) })] });
    const without = (facts: SiteFacts): SiteFacts => ({ ...facts, maas: facts.maas && { ...facts.maas, objects } });
    assert.deepEqual(errors(without(withBootNic(["cp-1"], (nic) => onVlan(nic, "fabric-0", 0)))), []);
    assert.equal(errors(without(withBootNic(["cp-1"], (nic) => onVlan(nic, "fabric-0", 9, "10.1.0.0/24")))).length, 1);
  });

  it("accepts a host that this stack configured, whatever address it once discovered", () => {
    const facts = withBootNic(["cp-1"], (nic) => onVlan(nic, "datacenter", 0, "10.52.0.0/24"));
    const named = datacenterWith({ fabric: { name: "datacenter" } });
    const mine: SiteFacts = {
      ...facts,
      maas: facts.maas && {
        ...facts.maas,
        machines: facts.maas.machines.map((machine) => ({ ...machine, description: "[vmo-metal dc1]" })),
      },
    };
    assert.deepEqual(bootNicInProvisioning.checkSite(named, mine), []);
    assert.equal(bootNicInProvisioning.checkSite(named, facts).length, 1);
  });
});

describe("the check of root file systems", () => {
  const hits = (facts: SiteFacts, changes = {}) => rootFileSystemStays.checkSite(datacenterWith(changes), facts);

  it("prints the entry that approves the move, and accepts it with that entry", () => {
    const [hit] = hits(rootElsewhere("worker-2"));
    assert.match(hit?.fix ?? "", /maas\.approve: \[\{ object: "host worker-2", field: osDisk \}\]/);
    const maas = { approve: [{ object: "host worker-2", field: "osDisk" }] };
    assert.deepEqual(hits(rootElsewhere("worker-2"), { maas }), []);
    assert.equal(hits(rootElsewhere("worker-3"), { maas }).length, 1);
  });

  it("lets a host of this stack move, since its layout is this stack's", () => {
    assert.deepEqual(hits(rootElsewhere("worker-2", { description: "Rack 1 [vmo-metal dc1]" })), []);
    assert.equal(hits(rootElsewhere("worker-2", { description: "Rack 1 [vmo-metal dc2]" })).length, 1);
  });
});

describe("the check of a layout's NICs", () => {
  it("names the present name and MAC address of a NIC that the kernel renamed", () => {
    const facts = siteFacts((machine) =>
      machine.hostname === "worker-2"
        ? {
            ...machine,
            interfaces: machine.interfaces.map((nic) => (nic.name === "enp2s1" ? { ...nic, name: "enp2s1np1" } : nic)),
          }
        : machine,
    );
    const [hit] = nicsFound.checkSite(datacenter, facts);
    assert.match(hit?.message ?? "", /it has no NIC enp2s1; .*: enp2s1 is enp2s1np1 now \(MAC address 52:54/);
    assert.match(hit?.fix ?? "", /by their present name or MAC address/);
  });
});
