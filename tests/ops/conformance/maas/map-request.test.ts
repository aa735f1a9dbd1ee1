import assert from "node:assert/strict";
import { IdMap } from "../../../../ops/conformance/maas/id-map";
import { mapRequest } from "../../../../ops/conformance/maas/map-request";
import type { Exchange } from "../../../../ops/conformance/maas/recording";

function exchange(parts: Partial<Exchange>): Exchange {
  return {
    kind: "exchange",
    seq: 1,
    section: "",
    note: "",
    method: "POST",
    path: "/MAAS/api/2.0/zones/",
    query: {},
    encoding: "none",
    form: [],
    status: 200,
    contentType: "",
    headers: {},
    body: null,
    ...parts,
  };
}

describe("Putting the simulator's ids into recorded requests", () => {
  let ids: IdMap;

  beforeEach(() => {
    ids = new IdMap();
    ids.bind("system", "abc123", "xyz789");
    ids.bind("interface", "14", "1000014");
    ids.bind("vlan", "5028", "1000028");
    ids.bind("fabric", "25", "1000001");
    ids.bind("address", "85", "1000085");
  });

  function target(path: string): string {
    return mapRequest(exchange({ path: `/MAAS/api/2.0${path}` }), ids).target.replace("/MAAS/api/2.0", "");
  }

  it("maps ids in paths by the word before them", () => {
    assert.equal(target("/nodes/abc123/interfaces/14/"), "/nodes/xyz789/interfaces/1000014/");
    assert.equal(target("/nodes/abc123/interfaces/enp1s0/"), "/nodes/xyz789/interfaces/enp1s0/");
    assert.equal(target("/vlans/5028/"), "/vlans/1000028/");
    assert.equal(target("/fabrics/25/vlans/5028/"), "/fabrics/1000001/vlans/5028/", "a vid is no id");
    assert.equal(target("/fabrics/fabric-25/"), "/fabrics/fabric-1000001/");
    assert.equal(target("/vlans/9999/"), "/vlans/9999/");
  });

  it("leaves the writing of a path as it is", () => {
    assert.equal(target("/subnets/cidr:10.20.0.0%2F16/"), "/subnets/cidr:10.20.0.0%2F16/");
    assert.equal(target("/subnets/10.20.0.0/16/"), "/subnets/10.20.0.0/16/");
  });

  it("maps forms by field and repeats names", () => {
    const form: [string, string][] = [
      ["parents", "14"],
      ["parents", "15"],
      ["vlan", "5028"],
      ["vid", "14"],
      ["id", "85"],
    ];
    const { body, contentType } = mapRequest(exchange({ encoding: "form", form }), ids);
    assert.equal(body, "parents=1000014&parents=15&vlan=1000028&vid=14&id=1000085");
    assert.equal(contentType, "application/x-www-form-urlencoded");
  });

  it("maps JSON bodies, lists and numbers", () => {
    const form = { name: "bond0", parents: [14, 15], node: "abc123" };
    const { body } = mapRequest(exchange({ encoding: "json", form }), ids);
    assert.deepEqual(JSON.parse(body ?? ""), { name: "bond0", parents: [1000014, 15], node: "xyz789" });
  });

  it("fills in secrets that answers gave", () => {
    ids.bind("secret", "<new_token_key>", "realkey");
    const { body } = mapRequest(exchange({ encoding: "form", form: [["token_key", "<new_token_key>"]] }), ids);
    assert.equal(body, "token_key=realkey");
  });
});
