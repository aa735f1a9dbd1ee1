import assert from "node:assert/strict";
import fc from "fast-check";
import { servedKinds } from "../../../providers/registry";
import type { PreviousResource } from "../../../stacks/program/previous-state";
import { identityOf, PreviousUrns, unknownTypesProblem } from "../../../stacks/program/same-object";

const zoneType = "pulumi-nodejs:dynamic/maas:Zone";

function previous(type: string, name: string, outputs: Record<string, unknown>): PreviousResource {
  return {
    type,
    name,
    outputs,
    urn: `urn:pulumi:dev::vmo-metal::vmo-metal:Datacenter$vmo-metal:Site$${type}::${name}`,
  };
}

describe("identityOf", () => {
  it("tells zones by name, subnets by network, VLANs by fabric and number", () => {
    assert.equal(
      identityOf(zoneType, { name: "az1", description: "a" }),
      identityOf(zoneType, { name: "az1", description: "b" }),
    );
    assert.notEqual(identityOf(zoneType, { name: "az1" }), identityOf(zoneType, { name: "az2" }));
    const subnet = "pulumi-nodejs:dynamic/maas:Subnet";
    assert.equal(
      identityOf(subnet, { cidr: "10.0.0.0/24", name: "data" }),
      identityOf(subnet, { cidr: "10.0.0.0/24", name: "prod-data" }),
    );
    const vlan = "pulumi-nodejs:dynamic/maas:Vlan";
    assert.notEqual(identityOf(vlan, { fabric: "a", vid: 1 }), identityOf(vlan, { fabric: "b", vid: 1 }));
  });

  it("tells Kubernetes objects by type, namespace and name", () => {
    const type = "kubernetes:k8s.cni.cncf.io/v1:NetworkAttachmentDefinition";
    assert.equal(
      identityOf(type, { metadata: { name: "n", namespace: "a", labels: { x: "1" } } }),
      identityOf(type, { metadata: { name: "n", namespace: "a" } }),
    );
    assert.notEqual(
      identityOf(type, { metadata: { name: "n", namespace: "a" } }),
      identityOf(type, { metadata: { name: "n", namespace: "b" } }),
    );
  });

  it("is undefined for values that are not known yet, and for kinds that stand for no object of their own", () => {
    assert.equal(identityOf(zoneType, { name: Promise.resolve("az1") }), undefined);
    assert.equal(identityOf("pulumi-nodejs:dynamic/maas:HostNetwork", { machine: "abc" }), undefined);
    assert.equal(identityOf("vmo-metal:Site", { name: "az1" }), undefined);
  });
});

describe("PreviousUrns", () => {
  const state = [previous(zoneType, "az1", { name: "az1" }), previous(zoneType, "old", { name: "az2" })];
  const urns = new PreviousUrns(state);

  it("gives the URN of the same object under another name", () => {
    assert.equal(urns.aliasOf({ type: zoneType, name: "new", inputs: { name: "az2" } }), state[1]?.urn);
  });

  it("gives none where the name is known, whatever its object is now", () => {
    assert.equal(urns.aliasOf({ type: zoneType, name: "old", inputs: { name: "az3" } }), undefined);
    assert.equal(urns.aliasOf({ type: zoneType, name: "az1", inputs: { name: "az2" } }), undefined);
  });

  it("gives none for an object that the state does not have", () => {
    assert.equal(urns.aliasOf({ type: zoneType, name: "new", inputs: { name: "az9" } }), undefined);
  });

  it("gives none when two resources stand for the object", () => {
    const twice = new PreviousUrns([...state, previous(zoneType, "other", { name: "az2" })]);
    assert.equal(twice.aliasOf({ type: zoneType, name: "new", inputs: { name: "az2" } }), undefined);
  });

  it("gives each object at most one alias, and never that of another object", () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(names, names, (objects, logical) => {
        const all = objects.map((name, index) => previous(zoneType, `r${index}::${name}`, { name }));
        const known = new PreviousUrns(all);
        for (const [index, name] of objects.entries()) {
          const alias = known.aliasOf({
            type: zoneType,
            name: logical[index % logical.length] ?? "",
            inputs: { name },
          });
          if (alias !== undefined) assert.equal(alias, all[index]?.urn);
        }
      }),
    );
  });
});

describe("unknownTypesProblem", () => {
  it("lets every type of this version and of the versions before it pass", () => {
    const types = [
      "pulumi:pulumi:Stack",
      "vmo-metal:Site",
      "vmo-metal:bare-metal:Site",
      zoneType,
      "kubernetes:core/v1:Secret",
    ];
    assert.equal(
      unknownTypesProblem(
        types.map((type) => previous(type, "x", {})),
        servedKinds,
      ),
      undefined,
    );
  });

  it("names the types of a newer version, and says which version to use", () => {
    const types = ["vmo-metal:Rack", "pulumi-nodejs:dynamic/maas:Rack", zoneType];
    const problem = unknownTypesProblem(
      types.map((type) => previous(type, "x", {})),
      servedKinds,
    );
    assert.match(
      problem ?? "",
      /does not know: pulumi-nodejs:dynamic\/maas:Rack, vmo-metal:Rack\. .*A newer version wrote/,
    );
  });
});
