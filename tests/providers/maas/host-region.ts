import assert from "node:assert/strict";
import type { MaasSimulator } from "../../../lab/maas/index";
import type { VlanAnswer } from "../../../providers/maas/client/site-types";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { makeSite } from "./hosts";
import { type Command, type Kept, type Overrides, region } from "./region";

/** A region with what hosts stand on, made anew before every test, and what tests of hosts ask of it. */
export interface HostRegion {
  readonly simulator: MaasSimulator;
  command(overrides?: Overrides): Command;
  /** A machine as a stranger sees it over the API, without what changes by itself. */
  seen(hostname: string): Promise<unknown>;
  /** Changes an interface of a machine as somebody at the UI would. */
  byHand(hostname: string, name: string, form: Record<string, string | number>): Promise<void>;
  /** Requests since the start of the test. */
  writes(): number;
  reads(): number;
  /** Fails unless a refresh of the host's network shows no difference. */
  clean(kept: Kept, args: PlainObject): Promise<void>;
}

/** The VLAN of an interface; fabrics that MAAS made for single NICs are alike, whatever their number. */
function placeOf(vlan: VlanAnswer | null): string | null {
  if (vlan === null) return null;
  const isOwn = /^fabric-[1-9]/.test(vlan.fabric);
  return isOwn ? "on a fabric of its own" : `${vlan.fabric}.${vlan.vid}`;
}

/** Starts one for the tests of a block. */
export function hostRegion(): HostRegion {
  const maas = region();
  const count = (wanted: (method: string) => boolean): number =>
    maas.simulator.requests.list().filter(({ method }) => wanted(method)).length;
  beforeEach(async () => {
    maas.simulator.reset();
    await makeSite(maas.command());
    maas.simulator.requests.clear();
  });
  return {
    get simulator() {
      return maas.simulator;
    },
    command: (overrides) => maas.command(overrides),
    writes: () => count((method) => method !== "GET"),
    reads: () => count((method) => method === "GET"),

    async seen(hostname) {
      const machines = await maas.command().link.client.machines.list(0);
      const machine = machines.find((candidate) => candidate.hostname === hostname);
      assert.ok(machine);
      const { interface_set, pool, zone, domain, description, tag_names, default_gateways } = machine;
      return JSON.parse(
        JSON.stringify({
          pool: pool.name,
          zone: zone.name,
          domain: domain.name,
          description,
          tag_names,
          gateway: default_gateways.ipv4.link_id === null,
          interfaces: interface_set.map(({ name, type, mac_address, vlan, links, parents, params, enabled }) => ({
            name,
            type,
            mac_address,
            vlan: placeOf(vlan),
            links: links.map(({ mode, subnet }) => ({ mode, subnet: mode === "link_up" ? null : subnet?.cidr })),
            parents,
            params,
            enabled,
          })),
        }),
      ) as unknown;
    },

    async byHand(hostname, name, form) {
      const { client } = maas.command().link;
      const machine = (await client.machines.list(0)).find((candidate) => candidate.hostname === hostname);
      const found = machine?.interface_set.find((candidate) => candidate.name === name);
      assert.ok(machine && found);
      const path = `nodes/${machine.system_id}/interfaces/${found.id}/`;
      await client.machines.change(machine.system_id, { method: "PUT", path, form });
    },

    async clean(kept, args) {
      const refreshed = await maas.command().refresh(hostNetworkKind, kept);
      assert.ok(refreshed);
      const { changes } = await maas.command().diff(hostNetworkKind, refreshed, args);
      assert.equal(changes, false);
    },
  };
}
