import assert from "node:assert/strict";
import { networkProblems } from "../../../../components/virtualization/rules/network-rules";

const good = { cniVersion: "0.3.1", name: "a", type: "bridge", bridge: "br0", vlan: 30, ipam: {} };

/** What is changed of a configuration that passes, and what is said then. */
const refused: Record<string, { change: Record<string, unknown>; message: RegExp }> = {
  "another plugin": { change: { type: "macvlan" }, message: /must be bridge/ },
  "no bridge": { change: { bridge: undefined }, message: /bridge: is missing/ },
  "a bridge name that Linux does not take": { change: { bridge: "bridge-for-machines" }, message: /config\.bridge/ },
  "a bridge that no worker has": { change: { bridge: "br1" }, message: /workers' bridge is br0/ },
  "a VLAN above 4094": { change: { vlan: 4095 }, message: /0 \(none\) to 4094/ },
  "a VLAN as text": { change: { vlan: "30" }, message: /must be a number/ },
  "a VLAN and a trunk": { change: { vlanTrunk: [{ id: 5 }] }, message: /vlanTrunk/ },
  "no cniVersion": { change: { cniVersion: undefined }, message: /cniVersion/ },
  "no interface in the pod": { change: { disableContainerInterface: true }, message: /disableContainerInterface/ },
  "promiscuous and hairpin mode": { change: { promiscMode: true, hairpinMode: true }, message: /hairpinMode/ },
  "preserveDefaultVlan without a VLAN": {
    change: { vlan: undefined, preserveDefaultVlan: false },
    message: /no effect/,
  },
};

describe("CNI rules for NetworkAttachmentDefinitions", () => {
  const check = (config: unknown) => networkProblems({ config: JSON.stringify(config) }, { bridge: "br0" });

  it("accept a VLAN of the workers' bridge, and its untagged VLAN", () => {
    assert.deepEqual(check(good), []);
    assert.deepEqual(check({ ...good, vlan: undefined }), []);
    assert.deepEqual(check({ ...good, preserveDefaultVlan: false }), []);
  });

  for (const [what, { change, message }] of Object.entries(refused)) {
    it(`refuse ${what}`, () => {
      const problems = check({ ...good, ...change });
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", message);
    });
  }

  it("refuse a text that is no JSON object", () => {
    assert.deepEqual(networkProblems({ config: "{" }), ["config: is not a JSON object"]);
    assert.deepEqual(networkProblems({}), ["config: is missing"]);
  });
});
