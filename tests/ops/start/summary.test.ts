import assert from "node:assert/strict";
import { countsByLayer } from "../../../ops/start/resource-counts";
import { type BuiltDatacenter, startSummary } from "../../../ops/start/summary";
import { readDatacenter } from "../../../stacks/description/read-datacenter";
import type { Datacenter } from "../../../stacks/description/datacenter";

const metalOnly = {
  name: "dev",
  domain: "metal.example.test",
  maas: { url: "http://maas.example.test:5240/MAAS" },
  hosts: { "control-plane": { machines: "cp-[1-4]" }, "worker-pool": { machines: ["worker-[1-6]"] } },
};

function datacenter(input: unknown): Datacenter {
  const reading = readDatacenter(input);
  assert.ok(reading.ok);
  return reading.datacenter;
}

function built(changes: Partial<BuiltDatacenter> = {}): BuiltDatacenter {
  return {
    datacenter: datacenter({
      ...metalOnly,
      palette: { url: "https://palette.example.test", project: "vmo", gateway: "dev-gateway" },
    }),
    resources: [
      { type: "pulumi-nodejs:dynamic/maas:Zone" },
      { type: "pulumi-nodejs:dynamic/maas:Zone" },
      { type: "pulumi-nodejs:dynamic/palette:Cluster" },
      { type: "kubernetes:spectrocloud.com/v1:VmTemplate" },
      { type: "vmo-metal:Host" },
    ],
    outputs: { apiEndpoint: "dev.example.test:6443", templates: ["one"], networks: [], pending: [] },
    changes: { create: 5 },
    seconds: 119.4,
    addresses: { maas: "http://127.0.0.1:1/MAAS", palette: "http://127.0.0.1:2" },
    warnings: [],
    ...changes,
  };
}

describe("countsByLayer", () => {
  it("counts what operators ask about, one and several", () => {
    assert.deepEqual(countsByLayer(built().resources), {
      MAAS: ["2 zones"],
      Palette: ["1 cluster"],
      Virtualization: ["1 VM template"],
    });
  });
});

describe("startSummary", () => {
  it("tells what was built, how long it took and where to look", () => {
    const text = startSummary(built());
    assert.match(text, /Datacenter dev stands: 5 resources, 5 created, 1 min 59 s\./);
    assert.match(text, /control-plane: 4 in layout control-plane, 3 for nodes and 1 spare/);
    assert.match(text, /worker-pool: 6 in layout four-nic, 5 for nodes and 1 spare/);
    assert.match(text, /http:\/\/127\.0\.0\.1:1\/MAAS/);
    assert.match(text, /dev\.example\.test:6443/);
    assert.match(text, /templates: one/);
    assert.match(text, /Nothing is left to warn about\./);
  });

  it("says so when nothing had to be changed", () => {
    assert.match(startSummary(built({ changes: { same: 92 } })), /92 resources, nothing had to be changed/);
  });

  it("ends with the warnings and with what waits for a repave", () => {
    const text = startSummary(
      built({ warnings: ["CLU004 somewhere: too few"], outputs: { pending: ["worker-1: bond_data: MTU 9000"] } }),
    );
    assert.deepEqual(text.split("\n").slice(-3), [
      "Still to be said",
      "  CLU004 somewhere: too few",
      "  pending until repave: worker-1: bond_data: MTU 9000",
    ]);
  });

  it("has no cluster and no Palette for metal only", () => {
    const text = startSummary(built({ datacenter: datacenter(metalOnly), outputs: {}, resources: [] }));
    assert.doesNotMatch(text, /Palette|Kubernetes|spare/);
  });
});
