import assert from "node:assert/strict";
import { AddressError } from "../../addressing/address-error";
import { interfaceNameProblem, isInterfaceName, vlanInterfaceName } from "../../addressing/interface-name";

describe("addressing/interface-name", () => {
  it("takes the names of the reference architecture", () => {
    for (const name of ["enp1s0", "bond_mgmt", "bond_mgmt.10", "bond_data.20", "br0", "br0.20", "fifteen-letters"])
      assert.equal(interfaceNameProblem(name), undefined, name);
  });

  it("refuses more than 15 characters and counts them", () => {
    assert.match(interfaceNameProblem("bond_management.10") ?? "", /has 18 characters, but Linux allows 15/);
  });

  it("refuses characters that the kernel or MAAS refuses", () => {
    for (const name of ["", ".", "..", "a/b", "a b", "brücke", "a\u0000"])
      assert.equal(isInterfaceName(name), false, name);
  });

  it("names VLAN interfaces as MAAS does", () => {
    assert.equal(vlanInterfaceName("bond_mgmt", 10), "bond_mgmt.10");
    assert.throws(() => vlanInterfaceName("bond_storage", 4094), AddressError);
  });
});
