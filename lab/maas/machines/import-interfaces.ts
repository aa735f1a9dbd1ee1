import type { JsonObject } from "../json";
import type { Store } from "../store";
import {
  flagAt,
  listAt,
  numberAt,
  numberOrNull,
  objectAt,
  plainValues,
  textAt,
  textOrNull,
  textsAt,
} from "./import-values";
import type { AddressRecord, AllocationType, CommissionedNic, InterfaceRecord, InterfaceType } from "./model";

const TYPES: readonly InterfaceType[] = ["physical", "bond", "bridge", "vlan"];

const ALLOCATIONS: Record<string, AllocationType> = {
  auto: "auto",
  dhcp: "dhcp",
  static: "sticky",
  link_up: "sticky",
};

function subnetId(body: JsonObject): number | null {
  return numberOrNull(objectAt(body, "subnet"), "id");
}

function addresses(store: Store, body: JsonObject): AddressRecord[] {
  const time = store.now().toISOString();
  const links = listAt(body, "links").map((link): AddressRecord => {
    const id = numberAt(link, "id");
    store.claimId("address", id);
    const allocationType = ALLOCATIONS[textAt(link, "mode")] ?? "auto";
    const ip = allocationType === "dhcp" ? null : textOrNull(link, "ip_address");
    return { id, allocationType, ip, subnetId: subnetId(link), created: time, updated: time };
  });
  return links;
}

/** What commissioning saw. */
function discovered(body: JsonObject): { ip: string | null; subnetId: number | null; cidr: string }[] {
  return listAt(body, "discovered").map((each) => ({
    ip: textOrNull(each, "ip_address"),
    subnetId: subnetId(each),
    cidr: textAt(objectAt(each, "subnet"), "cidr"),
  }));
}

function interfaceRecord(store: Store, body: JsonObject): InterfaceRecord {
  const id = numberAt(body, "id");
  store.claimId("interface", id);
  const type = TYPES.find((each) => each === textAt(body, "type")) ?? "physical";
  return {
    id,
    name: textAt(body, "name"),
    type,
    macAddress: textOrNull(body, "mac_address"),
    vlanId: numberOrNull(objectAt(body, "vlan"), "id"),
    params: plainValues(body.params),
    tags: textsAt(body, "tags"),
    enabled: flagAt(body, "enabled"),
    acquired: false,
    vendor: textOrNull(body, "vendor"),
    product: textOrNull(body, "product"),
    firmwareVersion: textOrNull(body, "firmware_version"),
    linkConnected: flagAt(body, "link_connected"),
    interfaceSpeed: numberAt(body, "interface_speed"),
    linkSpeed: numberAt(body, "link_speed"),
    numaNode: numberOrNull(body, "numa_node"),
    sriovMaxVf: numberAt(body, "sriov_max_vf"),
    parents: [],
    addresses: addresses(store, body),
  };
}

/** The interfaces of a recorded machine, with the ids recorded. */
export function importInterfaces(store: Store, bodies: readonly JsonObject[]): InterfaceRecord[] {
  const records = bodies.map((body) => interfaceRecord(store, body));
  const byName = new Map(records.map((record) => [record.name, record.id]));
  const time = store.now().toISOString();
  records.forEach((record, index) => {
    const body = bodies[index] ?? {};
    record.parents = textsAt(body, "parents").flatMap((name) => byName.get(name) ?? []);
    for (const { ip, subnetId: subnet } of discovered(body)) {
      // An answer does not tell the id of a discovered address: a negative one is nobody else's.
      const id = -store.nextId("imported-address");
      record.addresses.push({
        id,
        allocationType: "discovered",
        ip,
        subnetId: subnet,
        created: time,
        updated: time,
      });
    }
  });
  return records;
}

/** A NIC that was only added through the API has neither maker nor speed. */
function wasCommissioned(body: JsonObject): boolean {
  const known = [body.vendor, body.product, body.firmware_version].some((each) => typeof each === "string");
  return known || numberAt(body, "interface_speed") > 0;
}

/** What commissioning saw of the NICs of a recorded machine, as far as an answer tells it. */
export function importCommissionedNics(bodies: readonly JsonObject[]): CommissionedNic[] {
  return bodies
    .filter((body) => textAt(body, "type") === "physical" && wasCommissioned(body))
    .map((body) => ({
      name: textAt(body, "name"),
      macAddress: textAt(body, "mac_address"),
      linkConnected: flagAt(body, "link_connected"),
      interfaceSpeed: numberAt(body, "interface_speed"),
      linkSpeed: numberAt(body, "link_speed"),
      numaNode: numberAt(body, "numa_node"),
      vendor: textOrNull(body, "vendor"),
      product: textOrNull(body, "product"),
      firmwareVersion: textOrNull(body, "firmware_version"),
      sriovMaxVf: numberAt(body, "sriov_max_vf"),
      addresses: discovered(body).flatMap(({ ip, cidr }) =>
        ip === null ? [] : [`${ip}/${cidr.split("/")[1] ?? "24"}`],
      ),
    }));
}
