import assert from "node:assert/strict";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import { clusterArgs, prepareMaas, prepareTenant } from "./cluster-site";
import { tenant } from "./tenant";

describe("settings of a cluster that are not described (simulated Palette and MAAS)", function () {
  this.timeout(60_000);
  const site = tenant();

  it("are kept by an update, which replaces all settings of the machines at once", async () => {
    await prepareMaas(site.maas);
    await prepareTenant(site);
    const kept = await site.command().up(clusterKind(), clusterArgs());
    const path = `/v1/cloudconfigs/maas/${kept.state["configUid"] as string}`;
    const described = { domain: "metal.example.test", sshKeys: ["ssh-ed25519 AAAA operator"], ntpServers: [] };
    const clusterConfig = { ...described, enableLxdVm: true, overrideClusterAPIConfig: "a: b\n", staticIp: false };
    await site.byHand().ok(204, "PUT", `${path}/clusterConfig`, { clusterConfig });
    const seen = await site.command().refresh(clusterKind(), kept);
    assert.ok(seen);
    await site.command().update(clusterKind(), seen, clusterArgs());
    const { spec } = await site.byHand().get<{ spec: { clusterConfig: unknown } }>(path);
    assert.deepEqual(spec.clusterConfig, { ...clusterConfig, ntpServers: ["ntp.example.test"] });
  });
});
