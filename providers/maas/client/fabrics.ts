import { isGone, RestCollection } from "./rest-collection";
import { createOnce } from "./create-once";
import type { Fields } from "./form";
import type { FabricAnswer, VlanAnswer } from "./site-types";
import type { Transport } from "./transport";

/** Fabrics with their VLANs: MAAS has no list of all VLANs, but the list of fabrics holds them. */
export class Fabrics extends RestCollection<FabricAnswer> {
  constructor(transport: Transport) {
    super(transport, { list: "fabrics/", one: (key) => `fabrics/${key}/`, keyOf: (answer) => String(answer.id) });
  }

  /** The fabric of a name. */
  async named(name: string, age?: number): Promise<FabricAnswer | undefined> {
    const id = automaticId(name);
    return (
      (await this.find((fabric) => fabric.name === name, age)) ??
      (id === undefined ? undefined : this.find((fabric) => fabric.id === id, age))
    );
  }

  /** A VLAN by its fabric's name and its vid. */
  async vlan(fabric: string, vid: number, age?: number): Promise<VlanAnswer | undefined> {
    return (await this.named(fabric, age))?.vlans.find((vlan) => vlan.vid === vid);
  }

  /** A VLAN by id, or undefined when it is truly gone. */
  async vlanById(id: string): Promise<VlanAnswer | undefined> {
    const known = (await this.list()).flatMap((fabric) => fabric.vlans).find((vlan) => String(vlan.id) === id);
    if (known !== undefined) return known;
    try {
      const answer = await this.transport.json<VlanAnswer>({ method: "GET", path: `vlans/${id}/` });
      await this.keep(answer);
      return answer;
    } catch (failure) {
      if (!isGone(failure)) throw failure;
      return undefined;
    }
  }

  /**
   * Creates a fabric that MAAS names (`fabric-<id>`). Nothing tells such a fabric from others, so after a lost answer another one is
   * created, and the first stays empty.
   */
  async createUnnamed(): Promise<FabricAnswer> {
    return this.create({}, () => false);
  }

  /** Creates a VLAN; after a lost answer it is looked for by its vid, which is unique in a fabric. */
  async createVlan(fabric: FabricAnswer, fields: Fields): Promise<VlanAnswer> {
    return createOnce(
      async () => {
        const path = `fabrics/${fabric.id}/vlans/`;
        const answer = await this.transport.json<VlanAnswer>({ method: "POST", path, form: fields });
        await this.keep(answer);
        return answer;
      },
      () => this.vlan(fabric.name, Number(fields.vid), 0),
    );
  }

  /** Changes a VLAN; fields left out keep their value. */
  async updateVlan(id: number, fields: Fields): Promise<VlanAnswer> {
    const answer = await this.transport.json<VlanAnswer>({ method: "PUT", path: `vlans/${id}/`, form: fields });
    await this.keep(answer);
    return answer;
  }

  /** Deletes a VLAN; one that is gone already is a success. */
  async removeVlan(id: string): Promise<void> {
    try {
      await this.transport.send({ method: "DELETE", path: `vlans/${id}/` });
    } catch (failure) {
      if (!isGone(failure)) throw failure;
    }
    for (const fabric of await this.list()) {
      if (fabric.vlans.some((vlan) => String(vlan.id) === id)) {
        this.cached.put({ ...fabric, vlans: fabric.vlans.filter((vlan) => String(vlan.id) !== id) });
      }
    }
  }

  /** Puts a VLAN's answer into its fabric's, and takes it out of the one that it left. */
  private async keep(vlan: VlanAnswer): Promise<void> {
    for (const fabric of await this.list()) {
      const others = fabric.vlans.filter((other) => other.id !== vlan.id);
      if (fabric.id === vlan.fabric_id) this.cached.put({ ...fabric, vlans: [...others, vlan] });
      else if (others.length < fabric.vlans.length) this.cached.put({ ...fabric, vlans: others });
    }
  }
}

/** The fabric of a name. MAAS calls a fabric without a name of its own `fabric-<id>`, so such a name still means it after it was renamed. */
export function fabricNamed(fabrics: readonly FabricAnswer[], name: string): FabricAnswer | undefined {
  const id = automaticId(name);
  return fabrics.find((fabric) => fabric.name === name) ?? fabrics.find((fabric) => fabric.id === id);
}

/** Whether a name is one that MAAS gives itself, which no request can set. */
export function isAutomaticName(name: string): boolean {
  return automaticId(name) !== undefined;
}

function automaticId(name: string): number | undefined {
  const [, digits] = /^fabric-(\d+)$/.exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
