import { importMachine } from "../../../lab/maas/machines/import-machine";
import { listAt, numberAt, objectAt, textAt } from "../../../lab/maas/machines/import-values";
import { importRack } from "../../../lab/maas/seed/import-rack";
import { importSite } from "../../../lab/maas/seed/import-site";
import type { JsonObject } from "../../../lab/maas/json";
import { rackDetails, rackInterfaceDetails } from "../../../lab/maas/seed/rack-details";
import { findSubnets } from "../../../lab/maas/site/find-subnet";
import type { Store } from "../../../lab/maas/store";
import type { Line } from "./recording";
import { recordedObjects, type RecordedObjects } from "./recorded-objects";
import { sparseMachines } from "./sparse-machines";

/** Ids that the replay's own objects begin behind, so that no recorded id is taken for one of them. */
export const ID_FLOOR = 1_000_000;

function firstInterface(body: JsonObject): number {
  return Math.min(...listAt(body, "interface_set").map((nic) => numberAt(nic, "id")));
}

/** A rack controller of which a recording shows only an address. */
function sparseRack(store: Store, row: JsonObject, subnetId: number): JsonObject {
  const summary = objectAt(row, "node_summary");
  const subnet = store.site.subnets.find((candidate) => candidate.id === subnetId);
  return {
    ...rackDetails(store.site.version),
    system_id: textAt(summary, "system_id"),
    hostname: textAt(summary, "hostname"),
    domain: { id: store.site.defaults.domainId },
    zone: { id: store.site.defaults.zoneId },
    interface_set: [
      {
        ...rackInterfaceDetails,
        id: 799_999,
        name: textAt(summary, "via"),
        mac_address: "02:00:00:ff:ff:01",
        vlan: { id: subnet?.vlanId ?? 0 },
        links: [{ id: 799_998, ip_address: textAt(row, "ip"), subnet: { id: subnetId } }],
      },
    ],
  };
}

function importRacks(store: Store, objects: RecordedObjects): void {
  const rows = objects.addressRows.filter(({ row }) => objectAt(row, "node_summary")["node_type"] === 2);
  const userOf = (systemId: string): string | null => {
    const found = rows.find(({ row }) => objectAt(row, "node_summary")["system_id"] === systemId);
    return found === undefined ? null : textAt(found.row, "user") || null;
  };
  for (const [systemId, body] of objects.racks) importRack(store, body, userOf(systemId));
  for (const { subnet, row } of rows) {
    const systemId = textAt(objectAt(row, "node_summary"), "system_id");
    if (store.site.rackControllers.some((rack) => rack.systemId === systemId)) continue;
    const subnetId = findSubnets(store, subnet)[0]?.id ?? 0;
    importRack(store, sparseRack(store, row, subnetId), textAt(row, "user") || null);
  }
}

function importDefaults(store: Store): void {
  const { site } = store;
  const named = site.zones.find((zone) => zone.name === "default") ?? site.zones[0];
  if (named !== undefined) site.defaults.zoneId = named.id;
}

/** The key of the replay is that of the user who made the recording. */
function importCaller(store: Store, caller: JsonObject | undefined): void {
  if (caller === undefined) return;
  const { site } = store;
  const username = textAt(caller, "username");
  if (!site.users.some((user) => user.username === username)) {
    const id = Math.max(0, ...site.users.map((user) => user.id)) + 1;
    const isSuperuser = caller["is_superuser"] === true;
    site.users.push({ id, username, email: textAt(caller, "email"), isSuperuser });
  }
  for (const token of site.tokens) token.user = username;
}

/** Addresses that are held and belong to no machine, rack or DNS resource. */
function importHeldAddresses(store: Store, objects: RecordedObjects): void {
  for (const { subnet, row } of objects.complete ? objects.addressRows : []) {
    const ip = textAt(row, "ip");
    const known = store.site.reservedAddresses.some((address) => address.ip === ip);
    if (row["alloc_type"] !== 4 || "node_summary" in row || known) continue;
    const now = store.now().toISOString();
    const subnetId = findSubnets(store, subnet)[0]?.id ?? null;
    const user = textAt(row, "user") || null;
    store.site.reservedAddresses.push({ id: store.nextId("address"), ip, subnetId, user, created: now, updated: now });
  }
}

/** Images of a region whose recording does not list them: the release that machines are commissioned with. */
function importImages(store: Store): void {
  store.site.bootResources = [
    {
      id: 1,
      type: "Synced",
      name: "ubuntu/noble",
      architecture: "amd64/ga-24.04",
      subarches: "generic,ga-24.04",
      title: "24.04 LTS Noble Numbat",
      lastDeployed: null,
      size: 450_000_000,
      complete: true,
    },
  ];
}

/** Makes an empty region into the one that a recording was made on, as far as the recording tells. */
export function importRecordedRegion(store: Store, lines: readonly Line[]): void {
  const objects = recordedObjects(lines);
  importSite(store, objects.site);
  importDefaults(store);
  importCaller(store, objects.caller);
  importImages(store);
  for (const [name, value] of objects.settings) store.site.config[name] = value;
  if (objects.version !== undefined) {
    store.site.version = textAt(objects.version, "version");
    store.site.subversion = textAt(objects.version, "subversion");
  }
  importRacks(store, objects);
  importHeldAddresses(store, objects);
  const machines = [...objects.machines.values(), ...sparseMachines(lines, objects)];
  for (const body of machines.sort((a, b) => firstInterface(a) - firstInterface(b))) importMachine(store, body);
}
