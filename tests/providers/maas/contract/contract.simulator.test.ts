import assert from "node:assert/strict";
import type { PlainObject } from "../../../../providers/dynamic/plain";
import { defaultDomainKind } from "../../../../providers/maas/default-domain";
import { domainKind } from "../../../../providers/maas/domain";
import { fabricKind } from "../../../../providers/maas/fabric";
import { ipRangeKind } from "../../../../providers/maas/ip-range";
import { resourcePoolKind } from "../../../../providers/maas/resource-pool";
import { settingKind } from "../../../../providers/maas/setting";
import { subnetKind } from "../../../../providers/maas/subnet";
import { tagKind } from "../../../../providers/maas/tag";
import { vlanKind } from "../../../../providers/maas/vlan";
import { region } from "../region";
import { describeAdoption } from "./adoption-suite";
import { automaticFabric } from "./host-standing";
import { describeHost } from "./host-suite";
import { Names, type SomeKind, some } from "./kind-case";
import { describeKinds } from "./kinds-suite";
import { removeLeftovers } from "./leftovers";
import { type Standing, putBack, standingOf } from "./standing";
import { type Target, commandOn, stranger } from "./target";

describe("the MAAS contract, on the simulated MAAS", () => {
  const maas = region();
  const names = new Names("table");
  const target = (): Target => ({
    url: maas.simulator.url,
    apiKey: maas.simulator.apiKey,
    datacenter: names.prefix,
  });
  let before_: { site: string; standing: Standing };
  const look = async (): Promise<typeof before_> => ({
    site: JSON.stringify(siteStanding(), (key, value: unknown) =>
      key === "updated" || key === "created" ? "" : value,
    ),
    standing: await standingOf(stranger(target())),
  });

  /** The site without the fabrics of single NICs, which come and go with them: what counts is how many there are. */
  const siteStanding = (): object => {
    const { fabrics, vlans, subnets, ...site } = maas.simulator.dump().site;
    const holding = new Set(subnets.map(({ vlanId }) => vlanId));
    const isOwn = ({ id, name }: (typeof fabrics)[number]): boolean =>
      automaticFabric.test(name) && !vlans.some((vlan) => vlan.fabricId === id && holding.has(vlan.id));
    const own = new Set(fabrics.filter(isOwn).map(({ id }) => id));
    return {
      ...site,
      config: null,
      subnets,
      fabrics: fabrics.filter(({ id }) => !own.has(id)),
      vlans: vlans.filter(({ fabricId }) => !own.has(fabricId)),
      own: own.size,
    };
  };

  before(async () => (before_ = await look()));
  describeKinds(target, names);
  describeAdoption(target, names);
  for (const host of ["worker-1", "worker-2", "worker-3", "worker-4", "cp-1"]) {
    describe(`host ${host}`, () => describeHost(target, names, host));
  }

  // In a block of its own, since mocha runs the tests of a block before the blocks in it.
  describe("afterwards", () => {
    it("leaves nothing behind", async () => {
      assert.deepEqual(await look(), before_);
    });

    it("removes what a run left that could not clean up after itself", async () => {
      const command = commandOn(target());
      const left: [SomeKind, PlainObject][] = [
        [some(resourcePoolKind), { name: names.of("pool") }],
        [some(tagKind), { name: names.of("tag") }],
        [some(domainKind), { name: names.domain("left") }],
        [some(fabricKind), { name: names.of("fabric") }],
        [some(vlanKind), { fabric: names.of("fabric"), vid: 12 }],
        [some(vlanKind), { fabric: "fabric-0", vid: 13, name: names.of("vlan") }],
        [some(subnetKind), { cidr: names.network(0), fabric: names.of("fabric"), vid: 12 }],
        [
          some(ipRangeKind),
          { subnet: names.network(0), type: "dynamic", start: names.address(0, 5), end: names.address(0, 9) },
        ],
        [some(defaultDomainKind), { domain: names.domain("left"), adopt: true }],
        [some(settingKind), { name: "maas_name", value: "left", adopt: true }],
      ];
      for (const [kind, args] of left) await command.up(kind, args);
      const client = stranger(target());
      assert.equal((await putBack(client, before_.standing)).length, 2);
      assert.notEqual((await removeLeftovers(client, names)).length, 0);
      assert.deepEqual(await look(), before_);
      assert.deepEqual(await removeLeftovers(stranger(target()), names), []);
    });
  });
});
