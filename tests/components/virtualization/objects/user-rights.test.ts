import assert from "node:assert/strict";
import fc from "fast-check";
import { userRights } from "../../../../components/virtualization/objects/user-rights";
import { type MachineUser, machineRoles } from "../../../../model/machine-user";

const group = (name: string): MachineUser["subject"] => ({ kind: "Group", name });

describe("rights of users of virtual machines", () => {
  it("are none without users", () => {
    assert.deepEqual(userRights([], "dc1"), []);
  });

  it("bind the VM Orchestrator's roles where they are given, and what its dashboard lists", () => {
    const rights = userRights(
      [
        { subject: group("operators"), role: "power-user", namespaces: ["shop", "team-b"] },
        { subject: { kind: "User", name: "alice@example.com" }, role: "power-user", namespaces: ["shop"] },
        { subject: { kind: "ServiceAccount", name: "deployer", namespace: "ci" }, role: "admin", namespaces: null },
      ],
      "dc1",
    );
    const summary = rights.map(({ kind, metadata, ...rest }) => [
      `${kind} ${metadata.namespace ?? ""}/${metadata.name}`,
      (rest["roleRef"] as { kind: string; name: string }).name,
      (rest["subjects"] as { name: string }[]).map(({ name }) => name).join(),
    ]);
    assert.deepEqual(summary, [
      ["ClusterRoleBinding /dc1-vm-admin", "spectro-vm-admin", "deployer"],
      ["RoleBinding shop/dc1-vm-power-user", "spectro-vm-power-user", "operators,alice@example.com"],
      ["RoleBinding team-b/dc1-vm-power-user", "spectro-vm-power-user", "operators"],
      ["ClusterRoleBinding /dc1-list-namespaces", "spectro-list-namespaces", "operators,deployer,alice@example.com"],
      ["ClusterRoleBinding /dc1-list-vmtemplates", "spectro-list-vmtemplates", "operators,deployer,alice@example.com"],
    ]);
  });

  it("have names of their own, and do not depend on the order of users", () => {
    const user = fc.record({
      subject: fc.record({
        kind: fc.constantFrom("User" as const, "Group" as const),
        name: fc.string({ minLength: 1 }),
      }),
      role: fc.constantFrom(...machineRoles),
      namespaces: fc.option(fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1 })),
    });
    fc.assert(
      fc.property(fc.array(user), (users) => {
        const rights = userRights(users, "dc1");
        const places = rights.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`);
        assert.equal(new Set(places).size, places.length);
        assert.deepEqual(userRights([...users].reverse(), "dc1"), rights);
        for (const right of rights) assert.ok((right["subjects"] as object[]).length > 0);
      }),
    );
  });
});
