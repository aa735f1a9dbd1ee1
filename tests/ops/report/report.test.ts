import assert from "node:assert/strict";
import { interfaceBoxes } from "../../../ops/report/interface-boxes";
import { topologyPage } from "../../../ops/report/page";
import { type HostState, topology } from "../../../ops/report/topology";
import { layouts } from "../../../components/bare-metal/layouts/layout-table";
import { wantedNetwork } from "../../../ops/stack/wanted-network";
import type { Datacenter } from "../../../stacks/description/datacenter";
import { readDatacenter } from "../../../stacks/description/read-datacenter";
import { datacenterWith } from "../../stacks/descriptions";
import { freshMachine } from "../fresh-machine";

function datacenter(layout: string, hostname = "worker-1"): Datacenter {
  const reading = readDatacenter({
    name: "dc1",
    domain: "metal.example.test",
    maas: { url: "http://maas.example.test:5240/MAAS" },
    networks: {
      management: { vlan: layout === "node-on-bridge" ? 0 : 10 },
      ...(layout === "six-nic" ? { storage: { vlan: 30, cidr: "172.17.0.0/22" } } : {}),
    },
    hosts: { "worker-pool": { layout, machines: [hostname] } },
  });
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.datacenter;
}

const nics = ["enp1s0", "enp2s0", "enp1s1", "enp2s1"];

function stateOf(machines: Parameters<typeof topology>[1]): {
  state: HostState | undefined;
  remarks: readonly string[];
} {
  const host = topology(datacenter("four-nic"), machines).pools[0]?.hosts[0];
  return { state: host?.state, remarks: host?.remarks ?? [] };
}

describe("topology", () => {
  it("tells how a host stands against its description", () => {
    const machine = freshMachine("worker-1", nics);
    assert.equal(stateOf([machine]).state, "differs");
    assert.equal(stateOf([{ ...machine, status: 6, status_name: "Deployed" }]).state, "pending until repave");
    assert.equal(stateOf([]).state, "not in MAAS");
    assert.equal(stateOf(undefined).state, "unknown");
  });

  it("says what differs, and what is missing", () => {
    assert.ok(stateOf([freshMachine("worker-1", nics)]).remarks.some((line) => line.startsWith("bond_data")));
    assert.match(stateOf([freshMachine("other", nics)]).remarks.join(), /no machine with hostname "worker-1"/);
  });
});

describe("interfaceBoxes", () => {
  for (const layout of Object.keys(layouts)) {
    it(`draws every interface of ${layout} once, over what it sits on and over nothing else`, () => {
      const site = datacenter(layout);
      const host = site.hostGroups[0]?.hosts[0];
      assert.ok(host !== undefined);
      const interfaces = wantedNetwork(site, host, undefined);
      const boxes = interfaceBoxes(interfaces);
      assert.deepEqual(boxes.map(({ name }) => name).sort(), Object.keys(interfaces).sort());
      for (const box of boxes) {
        const beside = boxes.filter((other) => other !== box && other.level === box.level);
        for (const other of beside) assert.ok(box.x + box.width <= other.x || other.x + other.width <= box.x);
        const parents = box.item.type === "physical" ? [] : box.item.parents;
        for (const parent of boxes.filter(({ name }) => parents.includes(name)))
          assert.equal(parent.level, box.level - 1);
      }
    });
  }
});

describe("topologyPage", () => {
  it("draws every host and needs nothing from elsewhere", () => {
    const page = topologyPage(topology(datacenter("four-nic"), [freshMachine("worker-1", nics)]), "now");
    assert.match(page, /<section class="host" id="worker-1">/);
    assert.match(page, /52:54:00:00:00:03/);
    assert.doesNotMatch(page, /<script|src=|href="(?!#)|@import|url\(/);
  });

  it("says which VLANs virtual machines can use by layout, and why not", () => {
    const { cluster } = datacenterWith();
    const site = topology({ ...datacenter("four-nic"), cluster }, undefined);
    const row = /<tr><th>20<\/th>.*?<\/tr>/.exec(topologyPage(site, "now"))?.[0] ?? "";
    assert.match(row, /<b class="bad">no<\/b><br>bond_data\.20 takes it from below br0/);
    assert.doesNotMatch(topologyPage(topology(datacenter("four-nic"), undefined), "now"), /class="vlans"/);
  });

  it("says in words what its colours say", () => {
    const page = topologyPage(topology(datacenter("four-nic"), [freshMachine("worker-1", nics)]), "now");
    assert.match(page, /href="#worker-1">worker-1 <span class="soft">differs<\/span>/);
    assert.match(
      page,
      /A host without a word is as described\. The frame of an interface has the colour of the network/,
    );
    const blind = topologyPage(topology(datacenter("four-nic"), undefined), "now");
    assert.match(blind, /href="#worker-1">worker-1<\/a>/);
    assert.match(blind, /How the hosts stand is not known/);
  });

  it("shows names from MAAS as text", () => {
    const machine = freshMachine("worker-1", nics, { status_name: '<b title="x">&' });
    const page = topologyPage(topology(datacenter("four-nic"), [machine]), "<i>");
    assert.ok(page.includes("&lt;b title=&quot;x&quot;&gt;&amp;"));
    assert.ok(page.includes("&lt;i&gt;"));
  });
});
