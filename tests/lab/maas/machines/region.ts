import { machineRoutes } from "../../../../lab/maas/machines/routes";
import { timerHandlers } from "../../../../lab/maas/machines/timer-handlers";
import { createSeedMachine } from "../../../../lab/maas/machines/create-seed-machine";
import type { InterfaceRecord, MachineRecord } from "../../../../lab/maas/machines/model";
import { emptyRegion } from "../../../../lab/maas/seed/seed-region";
import type { MachineSeed } from "../../../../lab/maas/seed/machine-seed";
import { MaasRefusal } from "../../../../lab/maas/server/refusal";
import type { JsonObject, JsonValue } from "../../../../lab/maas/json";
import type { MaasAnswer } from "../../../../lab/maas/server/route";
import { chooseRoute, Router } from "../../../../lab/maas/server/router";
import { TextParameters } from "../../../../lab/maas/server/text-parameters";
import { createVlan } from "../../../../lab/maas/site/create-fabric";
import { createSubnet } from "../../../../lab/maas/site/create-subnet";
import type { SiteState } from "../../../../lab/maas/site/model";
import type { Store } from "../../../../lab/maas/store";

/** Fields of a form: a list repeats the name. */
export type Fields = Record<string, string | number | boolean | readonly (string | number)[]>;

/** A store whose clock only moves when it is told to. */
export class ManualStore implements Store {
  site: SiteState;
  machines: MachineRecord[] = [];
  timeScale = 1;
  /** Outcomes that are to fail, by action. */
  readonly failures = new Map<string, string>();
  private sequences: Record<string, number>;
  private seconds = 0;
  private timers: { kind: string; subject: string; due: number }[] = [];

  constructor() {
    const region = emptyRegion({ consumerKey: "consumer", tokenKey: "token", tokenSecret: "secret" });
    this.site = region.site;
    this.sequences = region.sequences;
  }

  nextId(kind: string): number {
    const id = (this.sequences[kind] ?? 0) + 1;
    this.sequences[kind] = id;
    return id;
  }

  claimId(kind: string, id: number): void {
    this.sequences[kind] = Math.max(this.sequences[kind] ?? 0, id);
  }

  now(): Date {
    return new Date(Date.UTC(2030, 0, 1) + this.seconds * 1000);
  }

  changed(): void {
    // Nothing is written anywhere.
  }

  schedule(kind: string, subject: string, seconds: number): void {
    this.cancel(subject, kind);
    this.timers.push({ kind, subject, due: this.seconds + seconds });
  }

  cancel(subject: string, kind?: string): void {
    this.timers = this.timers.filter(
      (timer) => timer.subject !== subject || (kind !== undefined && timer.kind !== kind),
    );
  }

  failure(action: string): string | undefined {
    const text = this.failures.get(action);
    this.failures.delete(action);
    return text;
  }

  /** Lets time pass; what is due happens in its order. */
  pass(seconds: number): void {
    const end = this.seconds + seconds;
    for (;;) {
      const [next] = this.timers.filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.seconds = next.due;
      timerHandlers[next.kind]?.(this, next.subject);
    }
    this.seconds = end;
  }
}

const router = new Router(machineRoutes);

function parameters(fields: Fields): TextParameters {
  return new TextParameters(
    Object.entries(fields).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
    ),
  );
}

/** Ids of the region that tests use. */
export interface Places {
  untagged: number;
  vlan10: number;
  vlan20: number;
  vlan30: number;
  otherFabric: number;
  pxe: number;
  management: number;
  data: number;
  storage: number;
  other: number;
}

function seedOf(index: number): MachineSeed {
  const nic = (number: number, name: string): MachineSeed["nics"][number] => ({
    name,
    macAddress: `52:54:00:00:0${index}:0${number}`,
    speed: 10_000,
    ...(number === 1 ? { address: `10.99.0.${20 + index}/24` } : {}),
  });
  const disk = (name: string, gigabytes: number): MachineSeed["disks"][number] => ({
    name,
    size: gigabytes * 1e9,
    model: "SSD",
    serial: `S${index}${name}`,
    idPath: `/dev/disk/by-id/${name}`,
    tags: ["ssd"],
  });
  return {
    number: index,
    hostname: `node00${index}`,
    poolName: "default",
    zoneName: "default",
    architecture: "amd64/generic",
    cpuCount: 8 * index,
    memoryMebibytes: 32_768 * index,
    vendor: "Maker",
    product: "Server",
    serial: `SN${index}`,
    powerType: "ipmi",
    powerParameters: { power_address: `10.0.0.${index}` },
    tags: [],
    nics: [nic(1, "enp1s0"), nic(2, "enp2s0"), nic(3, "enp1s1"), nic(4, "enp2s1")],
    disks: [disk("sda", 480), disk("sdb", 960)],
  };
}

/** A region with a few machines, and the requests that its API takes, without a server in between. */
export class Region {
  readonly store = new ManualStore();
  readonly places: Places;

  constructor(machines = 2) {
    const { store } = this;
    const subnet = (cidr: string, name: string, vlanId: number, gatewayIp: string | null = null): number =>
      createSubnet(store, cidr, vlanId, { name, gatewayIp }).id;
    const vlan = (vid: number, mtu = 1500): number => createVlan(store, 0, { vid, name: `v${vid}`, mtu }).id;
    store.site.fabrics.push({ id: 9, name: "remote", classType: null, description: "" });
    const places = {
      untagged: 5001,
      vlan10: vlan(10),
      vlan20: vlan(20),
      vlan30: vlan(30, 9000),
      otherFabric: createVlan(store, 9, { vid: 0 }).id,
    };
    this.places = {
      ...places,
      pxe: subnet("10.99.0.0/24", "pxe", places.untagged, "10.99.0.1"),
      management: subnet("172.16.0.0/22", "management", places.vlan10),
      data: subnet("10.20.0.0/16", "data", places.vlan20, "10.20.30.1"),
      storage: subnet("10.130.0.0/24", "storage", places.vlan30),
      other: subnet("10.77.0.0/16", "other", places.otherFabric),
    };
    for (const series of ["jammy", "noble"]) {
      store.site.bootResources.push({
        id: store.nextId("boot-resource"),
        type: "Synced",
        name: `ubuntu/${series}`,
        architecture: "amd64/ga-24.04",
        subarches: "generic,ga-24.04",
        title: series,
        lastDeployed: null,
        size: 1,
        complete: true,
      });
    }
    const { fabrics, vlans } = structuredClone(store.site);
    for (let index = 1; index <= machines; index += 1) createSeedMachine(store, seedOf(index));
    // All NICs are on one VLAN, none on a fabric of its own as after commissioning.
    Object.assign(store.site, { fabrics, vlans });
    for (const machine of store.machines) for (const nic of machine.interfaces) nic.vlanId = places.untagged;
  }

  /** The machine with a number, first one 1. */
  machine(number = 1): MachineRecord {
    const machine =
      this.store.machines.find((each) => each.hostname === `node00${number}`) ?? this.store.machines[number - 1];
    if (machine === undefined) throw new Error(`the region has no machine ${number}`);
    return machine;
  }

  /** An interface of a machine by name. */
  nic(name: string, number = 1): InterfaceRecord {
    const record = this.machine(number).interfaces.find((each) => each.name === name);
    if (record === undefined) throw new Error(`machine ${number} has no interface ${name}`);
    return record;
  }

  /** Whether a machine has an interface of the name. */
  has(name: string, number = 1): boolean {
    return this.machine(number).interfaces.some((each) => each.name === name);
  }

  /** One request below /MAAS/api/2.0; answers the refusal too. */
  request(method: string, path: string, fields: Fields = {}, operation?: string): MaasAnswer {
    const match = router.match(path);
    if (match === undefined) throw new Error(`nothing serves ${path}`);
    const query = parameters(method === "GET" ? fields : {});
    const form = parameters(method === "GET" ? {} : fields);
    const { store } = this;
    try {
      const route = chooseRoute(match, method, operation);
      return route.handle({ method, params: match.params, query, form, user: "admin", store }) as MaasAnswer;
    } catch (error) {
      if (error instanceof MaasRefusal) return error.answer;
      throw error;
    }
  }

  /** A request that must be answered with 200 or 204. */
  ask(method: string, path: string, fields: Fields = {}, operation?: string): JsonValue {
    const answer = this.request(method, path, fields, operation);
    if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text ?? JSON.stringify(answer.json)}`);
    return answer.json ?? null;
  }

  /** An operation on a machine's interfaces (`create_bond` …). */
  create(operation: string, fields: Fields, number = 1): MaasAnswer {
    return this.request("POST", `/nodes/${this.machine(number).systemId}/interfaces/`, fields, operation);
  }

  /** A change of an interface, by name. */
  put(name: string, fields: Fields, number = 1): MaasAnswer {
    return this.request("PUT", this.path(name, number), fields);
  }

  /** An operation on an interface, by name. */
  operate(name: string, operation: string, fields: Fields = {}, number = 1): MaasAnswer {
    return this.request("POST", this.path(name, number), fields, operation);
  }

  /** An operation on a machine. */
  tell(operation: string, fields: Fields = {}, number = 1): MaasAnswer {
    return this.request("POST", `/machines/${this.machine(number).systemId}/`, fields, operation);
  }

  /** The answer of a machine's read. */
  read(number = 1): JsonObject {
    return this.ask("GET", `/machines/${this.machine(number).systemId}/`) as JsonObject;
  }

  /** Makes a bond of two NICs (ids in the order given). */
  bond(name: string, parents: readonly string[], fields: Fields = {}, number = 1): MaasAnswer {
    const ids = parents.map((parent) => this.nic(parent, number).id);
    return this.create("create_bond", { name, parents: ids, ...fields }, number);
  }

  /** Makes a VLAN interface. */
  vlan(parent: string, vlan: number, fields: Fields = {}, number = 1): MaasAnswer {
    return this.create("create_vlan", { parent: this.nic(parent, number).id, vlan, ...fields }, number);
  }

  /** Makes a bridge. */
  bridge(name: string, parent: string, fields: Fields = {}, number = 1): MaasAnswer {
    return this.create("create_bridge", { name, parent: this.nic(parent, number).id, ...fields }, number);
  }

  /** Links of an interface as `mode` or `mode:address`. */
  links(name: string, number = 1): string[] {
    return this.nic(name, number)
      .addresses.filter((address) => address.allocationType !== "discovered")
      .map((address) => {
        const mode =
          address.allocationType === "sticky" ? (address.ip === null ? "link_up" : "static") : address.allocationType;
        return address.ip === null ? mode : `${mode}:${address.ip}`;
      });
  }

  private path(name: string, number: number): string {
    return `/nodes/${this.machine(number).systemId}/interfaces/${this.nic(name, number).id}/`;
  }
}
