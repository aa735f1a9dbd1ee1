import assert from "node:assert/strict";
import { formatProblems } from "../../../stacks/description/problem";
import { readDatacenter } from "../../../stacks/description/read-datacenter";
import { preflight } from "../../../stacks/preflight/preflight";
import { vlanMatrix } from "../../../stacks/derived/vlan-matrix";
import { plainVirtualizationArgs } from "../../../stacks/program/virtualization-args";
import { minimalDescription, type Settings } from "../descriptions";

/** A description of virtualization only. */
const virtualizationOnly = {
  name: "dc4",
  existingCluster: { bridge: "br-vm" },
  virtualization: { images: { "dv-windows-2022": false } },
};

function read(description: Settings) {
  const reading = readDatacenter(description);
  assert.ok(reading.ok, reading.ok ? "" : formatProblems(reading.problems));
  return reading.datacenter;
}

function problems(description: Settings): string[] {
  const reading = readDatacenter(description);
  return reading.ok ? [] : reading.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe("a description of virtualization on a cluster that exists", () => {
  it("needs neither metal nor Palette", () => {
    const datacenter = read(virtualizationOnly);
    assert.deepEqual(
      [datacenter.maas, datacenter.palette, datacenter.cluster, datacenter.hostGroups, datacenter.domain],
      [null, null, null, [], ""],
    );
    assert.deepEqual(datacenter.existingCluster, { kubeconfigFile: null, context: null, bridge: "br-vm" });
    assert.deepEqual(
      datacenter.virtualization?.templates.map(({ name }) => name),
      ["vmtemplate-ubuntu-2204"],
    );
  });

  it("passes the preflight with its kubeconfig as a secret, or in a file", () => {
    const secrets = ["guestPassword"];
    const { errors } = preflight(read(virtualizationOnly), { secrets });
    assert.deepEqual(
      errors.map(({ code, path }) => `${code} ${path}`),
      ["CFG001 vmo-metal:kubeconfig"],
    );
    for (const [description, given] of [
      [virtualizationOnly, [...secrets, "kubeconfig"]],
      [{ ...virtualizationOnly, existingCluster: { kubeconfigFile: "kubeconfig.yaml" } }, secrets],
    ] as const)
      assert.deepEqual(preflight(read(description), { secrets: given }), { errors: [], warnings: [], silenced: [] });
  });

  it("is held to the rules about volumes of virtual machines", () => {
    const storage = { provider: "longhorn", accessMode: "ReadWriteOnce" };
    const { errors } = preflight(read({ ...virtualizationOnly, storage }), {
      secrets: ["kubeconfig", "guestPassword"],
    });
    assert.deepEqual(
      errors.map(({ code }) => code),
      ["STO001", "STO005"],
    );
  });

  it("puts networks on the bridge that it names, and objects in its own name", () => {
    const datacenter = read(virtualizationOnly);
    assert.ok(datacenter.virtualization);
    const args = plainVirtualizationArgs(datacenter, datacenter.virtualization, {});
    assert.deepEqual([...new Set(args.networks.map(({ bridge }) => bridge))], ["br-vm"]);
    assert.equal(args.owner, "dc4");
  });

  it("may have metal of ours beside it", () => {
    const { palette: _palette, storage: _storage, ...metal } = minimalDescription();
    const datacenter = read({ ...metal, existingCluster: {} });
    assert.equal(datacenter.hostGroups.length, 2);
    assert.equal(datacenter.cluster, null);
    assert.ok(datacenter.virtualization);
    assert.equal(vlanMatrix(datacenter).rows.length > 0, true);
  });

  const refused: [what: string, description: Settings, problem: RegExp][] = [
    [
      "Palette, which makes a cluster of its own",
      { ...minimalDescription(), existingCluster: {} },
      /^existingCluster: cannot be given together with "palette"/,
    ],
    ["settings of metal without MAAS", { ...virtualizationOnly, zones: ["az1"] }, /^zones: is about metal/],
    [
      "networks of hosts without MAAS",
      { ...virtualizationOnly, networks: { data: { vlan: 5 } } },
      /^networks\.data: is about metal/,
    ],
    [
      "settings of a cluster that Palette makes",
      { ...virtualizationOnly, cluster: { namespaces: 5 } },
      /^cluster: describes a cluster that Palette makes/,
    ],
    [
      "delivery by a profile",
      { ...virtualizationOnly, virtualization: { ...virtualizationOnly.virtualization, delivery: "profile" } },
      /^virtualization\.delivery: is "profile"/,
    ],
    [
      "a bridge that cannot be one",
      { ...virtualizationOnly, existingCluster: { bridge: "a/b" } },
      /^existingCluster\.bridge/,
    ],
    [
      "MAAS without hosts",
      { ...virtualizationOnly, maas: { url: "http://m:5240/MAAS" }, domain: "a.b" },
      /^hosts: is missing/,
    ],
  ];
  for (const [what, description, problem] of refused)
    it(`refuses ${what}`, () => {
      const [first = "", ...more] = problems(description);
      assert.deepEqual(more, []);
      assert.match(first, problem);
    });

  it("is offered to whoever gives neither metal nor cluster", () => {
    assert.match(problems({ name: "dc4" })[0] ?? "", /^maas: is missing: .*"existingCluster"/);
  });
});
