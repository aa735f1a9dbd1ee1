import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Deployment,
  deploymentOf,
  observedSettings,
  pendingSettings,
  readDeployment,
  type SiteSettings,
} from "../../../../providers/maas/host-network/site-settings";
import { subnetFact, vlanFact } from "../../../stacks/site-facts";

const data = "10.20.0.0/16";
const remote = "10.99.0.0/16";
const settings = (gateway: string | null, routes: Record<string, string | null> = {}): SiteSettings => ({
  [data]: { settings: { gateway, dnsServers: null, mtu: "1500" }, routes },
});
const seen = (site: SiteSettings, id: number | null = 7) => ({ deployed: true, id, site });

/** The same plain data without the prototypes that fast-check gives. */
const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

const anySettings: fc.Arbitrary<SiteSettings> = fc
  .dictionary(
    fc.constantFrom(data, "172.16.0.0/22"),
    fc.record({
      settings: fc.dictionary(
        fc.constantFrom("gateway", "dnsServers", "mtu"),
        fc.option(fc.constantFrom("a", "b", "1500")),
      ),
      routes: fc.dictionary(fc.constantFrom(remote, "10.98.0.0/16"), fc.option(fc.constantFrom("x", "y"))),
    }),
  )
  .map(plain);

describe("the settings of the site that a machine was deployed with", () => {
  it("are what MAAS has for the subnets of the description, routes to described destinations only", () => {
    const subnets = [
      subnetFact(data, { gateway_ip: "10.20.30.1", dns_servers: ["10.0.0.53"], vlan: vlanFact(20, { mtu: 9000 }) }),
      subnetFact("10.1.0.0/24"),
    ];
    const route = (to: string) => ({
      id: 1,
      source: { id: 1, cidr: data },
      destination: { id: 2, cidr: to },
      gateway_ip: "10.20.0.9",
      metric: 0,
    });
    const desired = {
      ...settings(null, { [remote]: "10.20.0.9 metric 0" }),
      "10.7.0.0/24": { settings: {}, routes: {} },
    };
    assert.deepEqual(observedSettings(desired, subnets, [route(remote), route("10.98.0.0/16")]), {
      [data]: {
        settings: { gateway: "10.20.30.1", dnsServers: "10.0.0.53", mtu: "9000" },
        routes: { [remote]: "10.20.0.9 metric 0" },
      },
    });
  });

  it("are pending with old and new value while the deployment lasts, and no more after the next", () => {
    const first = deploymentOf(null, seen(settings("10.20.30.1")));
    const described = settings("10.20.30.2");
    const pending = [{ part: "site", subject: data, field: "gateway", actual: "10.20.30.1", desired: "10.20.30.2" }];
    assert.deepEqual(pendingSettings(first, described), pending);
    const later = deploymentOf(first, seen(described));
    assert.deepEqual(pendingSettings(later, described), pending, "MAAS has the new value, the host does not");
    assert.deepEqual(pendingSettings(deploymentOf(later, seen(described, 8)), described), [], "deployed again");
    assert.equal(deploymentOf(later, { ...seen(described), deployed: false }), null, "released");
  });

  it("count as the same deployment where MAAS does not answer its id", () => {
    const first = deploymentOf(null, seen(settings("10.20.30.1"), null));
    assert.equal(
      pendingSettings(deploymentOf(first, seen(settings("10.20.30.2"), null)), settings("10.20.30.2")).length,
      1,
    );
    assert.deepEqual(deploymentOf(first, seen(settings("10.20.30.2"), 9)), { id: 9, site: settings("10.20.30.1") });
  });

  it("are not compared where they are not described, except routes that are described no longer", () => {
    const deployed = deploymentOf(null, seen(settings("10.20.30.1", { [remote]: "10.20.0.9 metric 0" })));
    assert.deepEqual(pendingSettings(deployed, { [data]: { settings: {}, routes: {} } }), [
      { part: "site", subject: data, field: `route to ${remote}`, actual: "10.20.0.9 metric 0", desired: null },
    ]);
    assert.deepEqual(pendingSettings(deployed, {}), []);
    assert.deepEqual(pendingSettings(null, settings("10.20.30.2")), []);
  });

  it("report a route that is new, once it was seen that MAAS had none", () => {
    const described = settings("10.20.30.1", { [remote]: "10.20.0.9 metric 0" });
    const first = deploymentOf(null, seen(settings("10.20.30.1")));
    const next = deploymentOf(first, seen(settings("10.20.30.1", { [remote]: null })));
    const pending = [
      { part: "site", subject: data, field: `route to ${remote}`, actual: null, desired: "10.20.0.9 metric 0" },
    ];
    assert.deepEqual(pendingSettings(next, described), pending);
    assert.deepEqual(pendingSettings(deploymentOf(next, seen(described)), described), pending);
  });

  it("are read back from state, and nothing else is", () => {
    fc.assert(
      fc.property(anySettings, fc.option(fc.nat()), (site, id) => {
        const deployment: Deployment = { id, site };
        assert.deepEqual(readDeployment(JSON.parse(JSON.stringify(deployment))), deployment);
      }),
    );
    for (const recorded of [undefined, null, "x", [], { id: "7", site: {} }])
      assert.equal(readDeployment(recorded), null);
  });

  it("settle: what was recorded once is recorded the same way again, whatever MAAS has since", () => {
    fc.assert(
      fc.property(anySettings, anySettings, anySettings, (before, between, described) => {
        const first = deploymentOf(null, seen(before));
        const second = deploymentOf(first, seen(between));
        assert.deepEqual(deploymentOf(second, seen(between)), second);
        const known = pendingSettings(first, described);
        const lines = pendingSettings(second, described).map((change) => JSON.stringify(change));
        for (const change of known) assert.ok(lines.includes(JSON.stringify(change)));
        assert.deepEqual(pendingSettings(deploymentOf(second, seen(described, 8)), described), []);
      }),
    );
  });
});
