import type { PlainObject } from "../../../providers/dynamic/plain";
import type { MaasClient } from "../../../providers/maas/client/client";
import type { Fields } from "../../../providers/maas/client/form";
import { domainKind } from "../../../providers/maas/domain";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { machineKind } from "../../../providers/maas/machine";
import { poolMembershipKind } from "../../../providers/maas/pool-membership";
import { resourcePoolKind } from "../../../providers/maas/resource-pool";
import { storageLayoutKind } from "../../../providers/maas/storage-layout-resource";
import { tagKind } from "../../../providers/maas/tag";
import { zoneKind } from "../../../providers/maas/zone";
import { type ByHand, type InputCase, type KindCase, some } from "./contract/kind-case";
import { fourNic, withField } from "./hosts";

const hostname = "worker-1";
const when: InputCase = { input: "changes", unseen: "words for the reader of a preview" };
const patience: InputCase = { input: "waitMinutes", unseen: "how long to wait, is no value of the object" };
const hold: InputCase = { input: "hold", unseen: "says that the machine is left out of a run, is no value of it" };
const ofMachine: InputCase = {
  input: "machine",
  unseen: "a machine's system id never changes",
  replaced: "another machine is another object",
  to: { machine: "another" },
};

/** The system id of the machine that the cases act on. */
export async function machineId(client: MaasClient): Promise<string> {
  const found = (await client.machines.list()).find((machine) => machine.hostname === hostname);
  if (found === undefined) throw new Error(`no machine ${hostname}`);
  return found.system_id;
}

const more = async (client: MaasClient): Promise<PlainObject> => ({ machine: await machineId(client) });

const layout =
  (fields: Fields): ByHand =>
  (client, id) =>
    client.machines.operate(id, "set_storage_layout", fields);

/** What MAAS is told for the layout that the storage case describes. */
const describedLayout: Fields = {
  storage_layout: "lvm",
  root_size: "200G",
  boot_size: "1G",
  vg_name: "vg",
  lv_name: "lv",
  lv_size: "50G",
};

/** The described layout with fields changed; without a field where it is undefined. */
const layoutWith = (changes: Fields): ByHand => layout({ ...describedLayout, ...changes });

const place =
  (fields: Fields): ByHand =>
  (client, id) =>
    client.machines.update(id, fields);

/** The kinds of a host and the tag with its machines: every input, on the seeded machine worker-1. */
export const hostCases: KindCase[] = [
  {
    title: "machine that is enlisted",
    kind: some(machineKind),
    args: {
      find: { hostname: "table-1" },
      enlist: { hostname: "table-1", macAddresses: ["52:54:00:aa:bb:09"], powerType: "ipmi" },
      powerParameters: { power_address: "10.9.0.7", power_pass: "secret" },
    },
    inputs: [
      { input: "find", unseen: "says which machine is meant", to: { find: { macAddress: "52:54:00:aa:bb:09" } } },
      {
        input: "enlist",
        byHand: place({ power_type: "redfish" }),
        to: { enlist: { hostname: "table-1", macAddresses: ["52:54:00:aa:bb:09"], powerType: "manual" } },
      },
      {
        input: "powerParameters",
        byHand: place({ power_parameters_power_pass: "other" }),
        to: { powerParameters: { power_address: "10.9.0.8" } },
      },
      { input: "systemId", unseen: "an observation of the program; see the tests of replaced hardware" },
      { input: "commission", unseen: "says what is done with a New machine, is no value of it" },
      patience,
      hold,
    ],
  },
  {
    title: "host network",
    kind: some(hostNetworkKind),
    more,
    args: { machine: "", interfaces: fourNic },
    inputs: [
      {
        input: "interfaces",
        byHand: async (client, id) => {
          const bond = (await client.machines.read(id))?.interface_set.find(({ name }) => name === "bond_mgmt");
          const path = `nodes/${id}/interfaces/${bond?.id ?? 0}/`;
          await client.machines.change(id, { method: "PUT", path, form: { mtu: 1400 } });
        },
        to: { interfaces: withField(fourNic, "br0", { bridge: { forwardDelay: 4 } }) },
      },
      ofMachine,
      { input: "former", unseen: "what a destroy puts back, is no value of the network" },
      { input: "site", unseen: "is compared with what a machine was deployed with: host-deployment.simulator.test.ts" },
      { input: "observed", unseen: "tells of the machine before the run, is no value of the network" },
      when,
      patience,
      hold,
    ],
  },
  {
    title: "storage layout",
    kind: some(storageLayoutKind),
    more,
    args: {
      machine: "",
      layout: "lvm",
      rootSize: "200G",
      bootSize: "1G",
      volumeGroup: "vg",
      logicalVolume: "lv",
      logicalVolumeSize: "50G",
    },
    inputs: [
      { input: "layout", byHand: layout({ storage_layout: "flat" }), to: { layout: "flat" } },
      {
        input: "rootSize",
        byHand: layoutWith({ root_size: "150G" }),
        to: { rootSize: null },
      },
      {
        input: "bootSize",
        byHand: layoutWith({ boot_size: undefined }),
        to: { bootSize: null },
      },
      {
        input: "volumeGroup",
        byHand: layoutWith({ vg_name: "other" }),
        to: { volumeGroup: null },
      },
      {
        input: "logicalVolume",
        byHand: layoutWith({ lv_name: "other" }),
        to: { logicalVolume: null },
      },
      {
        input: "logicalVolumeSize",
        byHand: layoutWith({ lv_size: undefined }),
        to: { logicalVolumeSize: null },
      },
      {
        input: "otherDisks",
        byHand: async (client, id) => {
          const other = (await client.machines.read(id))?.blockdevice_set.find(({ name }) => name === "sdb");
          await layout({ storage_layout: "lvm", root_device: other?.id ?? 0 })(client, id);
        },
      },
      {
        input: "disk",
        unseen: "a rule; what it chooses shows in otherDisks",
        to: { disk: { serial: null, idPath: null, model: null, minimumGigabytes: 1, maximumGigabytes: 500 } },
      },
      { input: "sanBoot", unseen: "allows a choice, is no value of the layout", to: { sanBoot: true } },
      ofMachine,
      when,
      patience,
      hold,
    ],
  },
  {
    title: "pool membership",
    kind: some(poolMembershipKind),
    more,
    before: [
      [some(resourcePoolKind), { name: "table-one" }],
      [some(resourcePoolKind), { name: "table-two" }],
      [some(zoneKind), { name: "table-one" }],
      [some(zoneKind), { name: "table-two" }],
      [some(domainKind), { name: "one.table.test" }],
      [some(domainKind), { name: "two.table.test" }],
      [some(tagKind), { name: "table-one" }],
      [some(tagKind), { name: "table-two" }],
    ],
    args: {
      machine: "",
      pool: "table-one",
      zone: "table-one",
      domain: "one.table.test",
      hostname: "table-host",
      description: "Table",
      tags: ["table-one"],
    },
    inputs: [
      { input: "pool", byHand: place({ pool: "default" }), to: { pool: "table-two" } },
      { input: "zone", byHand: place({ zone: "default" }), to: { zone: "table-two" } },
      { input: "domain", byHand: place({ domain: "two.table.test" }), to: { domain: "two.table.test" } },
      { input: "hostname", byHand: place({ hostname: "by-hand" }), to: { hostname: "table-other" } },
      { input: "description", byHand: place({ description: "by hand" }), to: { description: "" } },
      {
        input: "tags",
        byHand: (client, id) => client.tags.updateNodes("table-one", [], [id]),
        to: { tags: ["table-two"] },
      },
      ofMachine,
      { input: "former", unseen: "what a destroy puts back, is no value of the place" },
      { input: "zoneChoices", unseen: "says where the machine may stay, is no value of it" },
      { input: "assignedZone", unseen: "records the zone that the machine was given, is no value of it" },
      hold,
    ],
  },
  {
    title: "tag with its machines",
    kind: some(tagKind),
    more: async (client) => ({ machines: [await machineId(client)] }),
    args: { name: "table-machines", machines: [] },
    inputs: [
      {
        input: "machines",
        byHand: async (client) => client.tags.updateNodes("table-machines", [], [await machineId(client)]),
        to: { machines: [] },
      },
      ...["name", "comment", "kernelOptions", "definition"].map((input) => ({
        input,
        unseen: "is tried with the tag that has no machines",
      })),
    ],
  },
];
