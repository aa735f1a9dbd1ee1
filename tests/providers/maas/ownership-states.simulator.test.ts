import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plain, PlainObject } from "../../../providers/dynamic/plain";
import type { MaasClient } from "../../../providers/maas/client/client";
import { defaultDomainKind } from "../../../providers/maas/default-domain";
import { dnsRecordKind } from "../../../providers/maas/dns-record";
import { domainKind } from "../../../providers/maas/domain";
import { fabricKind } from "../../../providers/maas/fabric";
import { ipRangeKind } from "../../../providers/maas/ip-range";
import { resourcePoolKind } from "../../../providers/maas/resource-pool";
import { settingKind } from "../../../providers/maas/setting";
import { staticRouteKind } from "../../../providers/maas/static-route";
import { subnetKind } from "../../../providers/maas/subnet";
import { tagKind } from "../../../providers/maas/tag";
import { vlanDhcpKind } from "../../../providers/maas/vlan-dhcp";
import { vlanKind } from "../../../providers/maas/vlan";
import { zoneKind } from "../../../providers/maas/zone";
import { type AnyKind, type Kept, region } from "./region";
import { siteOf } from "./site-of";

type Erased = AnyKind<object, object>;

/** A resource as version 0.1.0 kept it, recorded from its code: `former`, and every field with a value. */
interface Recorded {
  readonly kind: string;
  readonly args: PlainObject;
  readonly state: PlainObject;
}

const recorded = JSON.parse(readFileSync(join(__dirname, "states-of-0.1.0.json"), "utf8")) as Recorded[];

const kinds = new Map(
  [
    defaultDomainKind,
    dnsRecordKind,
    domainKind,
    fabricKind,
    ipRangeKind,
    resourcePoolKind,
    settingKind,
    staticRouteKind,
    subnetKind,
    tagKind,
    vlanDhcpKind,
    vlanKind,
    zoneKind,
  ].map((kind) => [kind.kind, kind as unknown as Erased]),
);

function textOf(value: Plain | undefined): string {
  assert.ok(typeof value === "string");
  return value;
}

/** Writes what 0.1.0 wrote over an object that it adopted, and returns the id. */
async function overwrite(client: MaasClient, { kind, state }: Recorded): Promise<string> {
  if (kind === "maas:Fabric") {
    const held = await client.subnets.find(({ cidr }) => cidr === state["holding"]);
    return String((await client.fabrics.update(String(held?.vlan.fabric_id), { name: textOf(state["name"]) })).id);
  }
  if (kind === "maas:Vlan") {
    const vlan = await client.fabrics.vlan("datacenter", 0, 0);
    return String((await client.fabrics.updateVlan(vlan?.id ?? 0, { mtu: Number(state["mtu"]) })).id);
  }
  if (kind === "maas:VlanDhcp") {
    const vlan = await client.fabrics.vlan("datacenter", 0, 0);
    const fields = { dhcp_on: true, primary_rack: textOf(state["rack"]) };
    return String((await client.fabrics.updateVlan(vlan?.id ?? 0, fields)).id);
  }
  if (kind === "maas:Subnet") {
    const subnet = await client.subnets.find(({ cidr }) => cidr === state["cidr"], 0);
    const fields = { name: textOf(state["name"]), gateway_ip: null, dns_servers: [], description: "" };
    return String((await client.subnets.update(String(subnet?.id), fields)).id);
  }
  if (kind === "maas:ResourcePool") {
    const pool = await client.pools.find(({ name }) => name === state["name"], 0);
    return String((await client.pools.update(String(pool?.id), { description: "" })).id);
  }
  if (kind === "maas:Setting") {
    await client.settings.set(textOf(state["name"]), state["value"] as string | boolean);
    return textOf(state["name"]);
  }
  const domain = await client.domains.find(({ name }) => name === state["domain"], 0);
  await client.setDefaultDomain(domain?.id ?? 0);
  return "default";
}

/** The same description after the upgrade: what 0.1.0 filled in by itself is not described any more. */
function undescribed({ args, state }: Recorded): PlainObject {
  const filled = ["gateway", "dnsServers", "managed", ...(state["origin"] === "created" ? [] : ["name"])];
  const isSubnet = "cidr" in args;
  return Object.fromEntries(
    Object.entries(args).filter(([key, value]) => !(isSubnet && filled.includes(key) && value !== false)),
  );
}

describe("states of version 0.1.0 (simulated MAAS)", () => {
  const maas = region();
  const site = (): unknown => siteOf(maas.simulator);
  const rows: { kind: Erased; row: Recorded; kept: Kept }[] = [];
  let before: unknown;

  beforeEach(async () => {
    maas.simulator.reset();
    rows.length = 0;
    const { client } = maas.command().link;
    await client.pools.create({ name: "shared", description: "Theirs" }, () => false);
    await client.settings.set("maas_name", "lab");
    await client.settings.set("enable_disk_erasing_on_release", false);
    const subnet = await client.subnets.find(({ cidr }) => cidr === "192.168.0.0/22");
    const pxe = { gateway_ip: "192.168.0.1", dns_servers: ["192.168.0.2"], description: "PXE", name: "192.168.0.0/22" };
    await client.subnets.update(String(subnet?.id), pxe);
    await client.fabrics.updateVlan(subnet?.vlan.id ?? 0, { dhcp_on: false, primary_rack: null, mtu: 1500 });
    before = site();
    for (const row of recorded) {
      const kind = kinds.get(row.kind);
      assert.ok(kind, row.kind);
      const created = row.state["origin"] === "created";
      const id = created
        ? (await maas.command().up(kind, row.args)).id
        : await overwrite(maas.command().link.client, row);
      const madeOn = maas.simulator.url;
      rows.push({ kind, row, kept: { id, state: { ...row.state, madeOn, __provider: "exports.handler=()=>0" } } });
    }
  });

  it("show no change with the same description, before and after a refresh", async () => {
    for (const { kind, row, kept } of rows) {
      const seen = await maas.command().refresh(kind, kept);
      assert.ok(seen);
      const states: readonly Kept[] = [kept, seen];
      for (const args of [row.args, undescribed(row)])
        for (const each of states) {
          const { changes } = await maas.command().diff(kind, each, args);
          assert.equal(changes, false, `${row.kind} ${JSON.stringify(args)} ${JSON.stringify(each)}`);
        }
    }
  });

  it("give nothing back while the stack goes on, and everything on destroy", async () => {
    const written = site();
    const updated: { kind: Erased; kept: Kept }[] = [];
    for (const { kind, row, kept } of rows)
      updated.push({ kind, kept: await maas.command().update(kind, kept, { ...undescribed(row), adopt: true }) });
    assert.deepEqual(site(), written, "an update writes nothing over what is no longer described");
    for (const { kind, kept } of updated.reverse()) await maas.command().destroy(kind, kept);
    assert.deepEqual(site(), before);
  });

  it("give everything back on a destroy right after the upgrade", async () => {
    for (const { kind, kept } of [...rows].reverse()) await maas.command().destroy(kind, kept);
    assert.deepEqual(site(), before);
  });
});
