import assert from "node:assert/strict";
import { withRecorded } from "../../../providers/maas/host-network/site-settings";
import { recordedSettings } from "../../../stacks/program/recorded-settings";

const resource = (kind: string, outputs: Record<string, unknown>) => ({
  urn: `urn:pulumi:dev::vmo-metal::pulumi-nodejs:dynamic/maas:${kind}::one`,
  type: `pulumi-nodejs:dynamic/maas:${kind}`,
  name: "one",
  outputs,
});

describe("the settings of subnets that the last run set", () => {
  const recorded = recordedSettings([
    resource("Subnet", { cidr: "10.20.0.0/16", gateway: "10.20.30.1", dnsServers: ["10.0.0.53", "10.0.0.54"] }),
    resource("Subnet", { cidr: "172.16.0.0/22", gateway: null, dnsServers: null }),
    resource("Subnet", { cidr: 5 }),
    resource("StaticRoute", { source: "172.16.0.0/22", destination: "10.99.0.0/16", gateway: "172.16.0.1", metric: 0 }),
    resource("Zone", { name: "az1" }),
  ]);

  it("are read from subnets and routes in state, and from nothing else", () => {
    assert.deepEqual(recorded, {
      "10.20.0.0/16": { settings: { gateway: "10.20.30.1", dnsServers: "10.0.0.53, 10.0.0.54" }, routes: {} },
      "172.16.0.0/22": { settings: {}, routes: { "10.99.0.0/16": "172.16.0.1 metric 0" } },
    });
  });

  it("stand for what somebody changed in MAAS since, and leave what the stack does not set", () => {
    const observed = {
      "10.20.0.0/16": { settings: { gateway: "10.20.66.6", mtu: "1500" }, routes: {} },
      "10.7.0.0/24": { settings: { gateway: "10.7.0.1" }, routes: {} },
    };
    const { "10.20.0.0/16": data, "10.7.0.0/24": other } = withRecorded(observed, recorded);
    assert.equal(data?.settings["gateway"], "10.20.30.1");
    assert.equal(data?.settings["mtu"], "1500");
    assert.deepEqual(other, observed["10.7.0.0/24"]);
  });
});
