import assert from "node:assert/strict";
import { Region } from "./region";
import { textOf } from "./text-of";

function status(region: Region, number = 1): string {
  const { status_name: name } = region.read(number);
  return textOf(name);
}

function withErasing(region: Region, on: boolean): Region {
  region.store.site.config.enable_disk_erasing_on_release = on;
  return region;
}

describe("the life of a machine", () => {
  it("deploys: Deploying, then Deployed, with the addresses of its AUTO links", () => {
    const region = new Region();
    const answer = region.tell("deploy", { distro_series: "jammy" });
    const body = answer.json as { status_name: string; owner: string; osystem: string; distro_series: string };
    assert.deepEqual(
      [body.status_name, body.owner, body.osystem, body.distro_series],
      ["Deploying", "admin", "ubuntu", "jammy"],
    );
    assert.deepEqual(region.links("enp1s0"), ["auto:10.99.0.2"]);
    region.store.pass(60);
    assert.equal(region.read().power_state, "on");
    assert.equal(status(region), "Deploying");
    region.store.pass(600);
    assert.equal(status(region), "Deployed");
    assert.equal(region.read().status_message, "Deployed");
  });

  it("gives addresses outside ranges, gateway and what is held", () => {
    const region = new Region();
    const range = { comment: "", subnetId: region.places.pxe, user: null };
    region.store.site.ipRanges.push(
      { ...range, id: 1, type: "dynamic", startIp: "10.99.0.2", endIp: "10.99.0.20" },
      { ...range, id: 2, type: "reserved", startIp: "10.99.0.23", endIp: "10.99.0.200" },
    );
    region.operate(
      "enp2s0",
      "link_subnet",
      { mode: "STATIC", subnet: region.places.pxe, ip_address: "10.99.0.201" },
      2,
    );
    region.tell("deploy");
    region.tell("deploy", {}, 2);
    assert.deepEqual([region.links("enp1s0"), region.links("enp1s0", 2)], [["auto:10.99.0.202"], ["auto:10.99.0.203"]]);
  });

  it("fails a deployment when it is told to, with the message", () => {
    const region = new Region();
    region.store.failures.set("deploy", "curtin failed");
    region.tell("deploy");
    region.store.pass(700);
    assert.equal(status(region), "Failed deployment");
    assert.deepEqual(
      [region.read().status_message, region.read().error_description],
      ["Marking node failed - curtin failed", "curtin failed"],
    );
  });

  it("fails a deployment whose subnet has no address left", () => {
    const region = new Region();
    const range = { startIp: "10.99.0.1", endIp: "10.99.0.254", comment: "", subnetId: region.places.pxe, user: null };
    region.store.site.ipRanges.push({ ...range, id: 1, type: "reserved" });
    region.tell("deploy");
    assert.equal(status(region), "Failed deployment");
  });

  it("refuses to deploy without an address, without a root and an unknown release", () => {
    const region = new Region();
    assert.deepEqual(region.tell("deploy", { distro_series: "warty" }).json, {
      distro_series: ["'warty' is not a valid distro_series.  It should be one of: 'ubuntu/jammy', 'ubuntu/noble'."],
    });
    region.operate("enp1s0", "link_subnet", { mode: "LINK_UP", force: true });
    assert.deepEqual(region.tell("deploy").json, { network: ["Node must be configured to use a network"] });
    region.tell("set_storage_layout", { storage_layout: "blank" }, 2);
    assert.deepEqual(region.tell("deploy", {}, 2).json, {
      storage: ["Mount the root '/' filesystem to be able to deploy this node."],
    });
    assert.deepEqual([status(region), status(region, 2)], ["Ready", "Ready"], "the allocation was undone too");
  });

  it("refuses to deploy what is Deployed", () => {
    const region = new Region();
    region.tell("deploy");
    region.store.pass(700);
    const answer = region.tell("deploy");
    assert.deepEqual([answer.status, answer.text], [409, "Can't deploy a machine that is in the 'Deployed' state"]);
  });

  it("releases through Releasing, frees the addresses and the file systems' copies", () => {
    const region = withErasing(new Region(), false);
    region.tell("deploy");
    region.store.pass(700);
    region.tell("set_workload_annotations", { cluster: "one" });
    assert.equal((region.tell("release").json as { status_name: string }).status_name, "Releasing");
    region.store.pass(30);
    const body = region.read();
    assert.deepEqual(
      [body.status_name, body.owner, body.osystem, body.power_state, body.owner_data],
      ["Ready", null, "", "off", {}],
    );
    assert.deepEqual(region.links("enp1s0"), ["auto"]);
  });

  it("erases the disks first when the site or the caller says so", () => {
    for (const [setting, fields] of [
      [true, {}],
      [false, { quick_erase: true }],
    ] as const) {
      const region = withErasing(new Region(), setting);
      region.request("POST", "/machines/", { system_id: region.machine().systemId }, "allocate");
      assert.equal((region.tell("release", fields).json as { status_name: string }).status_name, "Disk erasing");
      region.store.pass(185);
      assert.equal(status(region), "Releasing");
      region.store.pass(30);
      assert.equal(status(region), "Ready");
    }
  });

  it("is Ready at once when it is off", () => {
    const region = withErasing(new Region(), false);
    region.request("POST", "/machines/", { system_id: region.machine().systemId }, "allocate");
    assert.equal((region.tell("release").json as { status_name: string }).status_name, "Ready");
    assert.equal(region.read().status_message, "Released");
  });

  it("leaves a Ready machine as it is at release, refuses a Commissioning one", () => {
    const region = new Region();
    assert.equal(region.tell("release").status, 200);
    region.tell("commission");
    const answer = region.tell("release");
    const text = "Machine cannot be released in its current state ('Commissioning').";
    assert.deepEqual([answer.status, answer.text], [409, text]);
  });

  it("drops the bridge that was made for the allocation and gives its link back", () => {
    const region = withErasing(new Region(), false);
    const before = region.nic("enp1s0").addresses.map((address) => address.id);
    region.request("POST", "/machines/", { system_id: region.machine().systemId }, "allocate");
    region.bridge("br0", "enp1s0");
    region.tell("release");
    assert.ok(!region.has("br0"));
    assert.deepEqual(
      region.nic("enp1s0").addresses.map((address) => address.id),
      before,
    );
  });

  it("commissions: the network and the disks are as at first, the machine goes off", () => {
    const region = new Region();
    region.bond("bond0", ["enp1s0", "enp2s0"]);
    region.tell("commission");
    assert.equal(status(region), "Commissioning");
    region.store.pass(320);
    assert.deepEqual([status(region), region.read().power_state, region.has("bond0")], ["Ready", "off", false]);
    assert.deepEqual(region.links("enp1s0"), ["auto"]);
  });

  it("aborts what it does and refuses to abort nothing", () => {
    const region = new Region();
    region.tell("deploy");
    region.tell("abort");
    assert.equal(status(region), "Allocated");
    const answer = region.tell("abort");
    const { systemId } = region.machine();
    assert.deepEqual(
      [answer.status, answer.text],
      [409, `Cannot abort in current state: node ${systemId} is in state Allocated.`],
    );
    region.store.pass(1000);
    assert.equal(status(region), "Allocated", "nothing of the deployment happens afterwards");
  });

  it("is marked broken by its owner only, and fixed", () => {
    const region = withErasing(new Region(), false);
    assert.deepEqual([region.tell("mark_broken").status, region.tell("mark_broken").text], [403, ""]);
    region.request("POST", "/machines/", { system_id: region.machine().systemId }, "allocate");
    region.tell("mark_broken", { comment: "smoke" });
    assert.deepEqual([status(region), region.read().error_description], ["Broken", "smoke"]);
    region.tell("mark_fixed");
    assert.deepEqual([status(region), region.read().error_description], ["Ready", ""]);
    assert.equal(region.tell("mark_fixed").text, "Can't mark a non-broken node as 'Ready'.");
  });

  it("is locked when Deployed, and then refuses everything but the unlock", () => {
    const region = new Region();
    assert.equal(region.tell("lock").text, "Can't lock, node is not deployed or deploying");
    region.machine().status = 6;
    region.tell("lock");
    assert.deepEqual([region.tell("lock").status, region.tell("lock").text], [409, "Machine is already locked"]);
    const path = `/machines/${region.machine().systemId}/`;
    for (const answer of [
      region.request("PUT", path, { description: "x" }),
      region.request("DELETE", path),
      region.tell("release"),
      region.tell("clear_default_gateways"),
    ]) {
      assert.deepEqual([answer.status, answer.text], [403, ""]);
    }
    assert.equal(region.tell("unlock").status, 200);
    assert.equal(region.tell("unlock").text, "Machine is not locked");
  });

  it("boots into its rescue system and back", () => {
    const region = new Region();
    region.tell("rescue_mode");
    region.store.pass(130);
    assert.equal(status(region), "Rescue mode");
    region.tell("exit_rescue_mode");
    region.store.pass(30);
    assert.equal(status(region), "Ready");
  });

  it("is tested", () => {
    const region = new Region();
    region.tell("test");
    assert.equal(status(region), "Testing");
    region.store.failures.set("test", "smartctl");
    region.store.pass(200);
    assert.equal(status(region), "Failed testing");
    region.tell("override_failed_testing");
    assert.equal(status(region), "Ready");
  });

  it("is switched on and off, but not while it is nobody's", () => {
    const region = new Region();
    assert.equal(region.tell("power_on").text, "Can't start node: it hasn't been allocated.");
    region.request("POST", "/machines/", { system_id: region.machine().systemId }, "allocate");
    region.tell("power_on");
    region.store.pass(30);
    const path = `/machines/${region.machine().systemId}/`;
    assert.deepEqual(region.ask("GET", path, {}, "query_power_state"), { state: "on" });
    region.tell("power_off");
    region.store.pass(30);
    assert.equal(region.read().power_state, "off");
  });

  it("cannot be asked for its power when it is switched by hand", () => {
    const region = new Region();
    region.machine().powerType = "manual";
    const answer = region.request("GET", `/machines/${region.machine().systemId}/`, {}, "query_power_state");
    const text = "No rack controllers can access the BMC of node node001";
    assert.deepEqual([answer.status, answer.text], [503, text]);
    assert.equal(region.read().status_message, `Failed to query node's BMC - ${text}`);
  });
});
