import assert from "node:assert/strict";
import { BareMetal } from "../../../components/bare-metal/bare-metal";
import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import { hostArgs } from "../../../stacks/program/host-args";
import { siteArgs } from "../../../stacks/program/site-args";
import { RecordedTree } from "../../components/recorded-tree";
import { mockEngine, valueOf } from "../../mock-engine";
import { datacenterWith } from "../descriptions";
import { siteFacts } from "../site-facts";

const healthy = siteFacts().maas?.machines ?? [];
const without = healthy.filter(({ hostname }) => hostname !== "worker-4");
const broken = healthy.map((machine) =>
  machine.hostname === "worker-3"
    ? { ...machine, status: 8, statusName: "Broken", interfaces: [], disks: [] }
    : machine,
);

/** A description with NICs that only an observed machine resolves, and one host out of service. */
const datacenter = datacenterWith({
  hosts: {
    "worker-pool": {
      machines: ["worker-[1-5]", { hostname: "worker-6", outOfService: true }],
      nics: { bond_data: [{ speedMbps: 25_000 }] },
    },
  },
});

describe("the graph of a datacenter", () => {
  interface Built {
    readonly made: readonly string[];
    readonly dependencies: Readonly<Record<string, readonly string[]>>;
    readonly inputs: ReadonlyMap<string, Record<string, unknown>>;
  }

  async function build(machines: readonly MachineFacts[] | undefined, described = datacenter): Promise<Built> {
    const tree = new RecordedTree();
    const resources = await mockEngine({ computed: { former: null, pending: [] }, preview: true });
    const args = { site: siteArgs(described), hosts: hostArgs(described, machines) };
    const layer = new BareMetal("bare-metal", args, tree.recording);
    for (const host of layer.hosts.values()) await valueOf(host.pending);
    const dependencies: Record<string, readonly string[]> = {};
    for (const place of tree.made) dependencies[place] = await tree.dependenciesOf(place);
    return { made: tree.made, dependencies, inputs: new Map(resources.map(({ name, inputs }) => [name, inputs])) };
  }

  it("has the same shape whatever was observed, and when nothing was", async () => {
    const plain = datacenterWith();
    const reference = await build(healthy, plain);
    for (const machines of [undefined, [], without, broken]) {
      const { made, dependencies } = await build(machines, plain);
      assert.deepEqual(made, reference.made);
      assert.deepEqual(dependencies, reference.dependencies);
    }
  });

  it("holds the resources of a host that is broken, missing or out of service, and of no other", async () => {
    const machines = broken.filter(({ hostname }) => hostname !== "worker-4");
    const { inputs } = await build(machines);
    for (const [name, code] of [
      ["worker-3", "SIT005"],
      ["worker-4", "SIT001"],
      ["worker-6", "outOfService"],
    ] as const) {
      for (const part of ["", "-network", "-storage", "-pool"]) {
        const hold = inputs.get(`${name}${part}`)?.["hold"] as { code: string } | undefined;
        assert.equal(hold?.code, code, `${name}${part}`);
      }
      assert.equal(inputs.get(name)?.["systemId"], null, "a held host keeps the machine on record");
    }
    assert.equal(inputs.get("worker-1-network")?.["hold"], null);
    assert.equal(inputs.get("worker-1-network")?.["machine"], "worker1", "known in a preview");
  });

  it("holds no host in a preview that could not ask MAAS, and names no system id", async () => {
    const { inputs } = await build(undefined, datacenterWith());
    for (const [name, { hold, systemId }] of inputs) {
      if (/^(cp|worker)-\d$/.test(name)) assert.deepEqual([hold, systemId], [null, null], name);
    }
  });

  it("lets a machine keep its zone unless the description states one", async () => {
    const described = datacenterWith({
      hosts: { "worker-pool": { machines: ["worker-[1-5]", { hostname: "worker-6", zone: "az1" }] } },
    });
    const { inputs } = await build(healthy, described);
    assert.deepEqual(inputs.get("worker-1-pool")?.["zoneChoices"], described.zones);
    assert.equal(inputs.get("worker-6-pool")?.["zoneChoices"], null);
  });
});
