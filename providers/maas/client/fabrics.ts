import { isGone, mayHaveHappened } from "../../http/lost-answer";
import { CachedList } from "./cached-list";
import { createOnce } from "./create-once";
import type { Fields } from "./form";
import { type FabricAnswer, fabricSchema, listOf, type VlanAnswer, vlanSchema } from "./site-types";
import type { Transport } from "./transport";

/** A fabric without its VLANs, or a VLAN: each is cached by itself, so that no answer about one replaces what is known of another. */
type Part = { readonly fabric: Omit<FabricAnswer, "vlans"> } | { readonly vlan: VlanAnswer };

const fabricsSchema = listOf(fabricSchema, "fabrics", ({ id }) => String(id));

/** Fabrics with their VLANs: MAAS has no list of all VLANs, but the list of fabrics holds them. */
export class Fabrics {
  private readonly cached: CachedList<Part>;

  constructor(private readonly transport: Transport) {
    this.cached = new CachedList(
      async () => (await transport.json({ method: "GET", path: "fabrics/" }, fabricsSchema)).flatMap(partsOf),
      (part) => ("vlan" in part ? vlanKey(part.vlan.id) : fabricKey(part.fabric.id)),
    );
  }

  /** All fabrics; see {@link CachedList.all} for `age`. What may have changed since the list was sent is read again. */
  async list(age?: number): Promise<readonly FabricAnswer[]> {
    await this.cached.all(age);
    await Promise.all(
      this.cached.doubted().map(async (key) => {
        const [kind, id = ""] = key.split(" ");
        return kind === "vlan" ? this.readVlan(id) : this.read(id);
      }),
    );
    return assembled(await this.cached.all());
  }

  /** The first fabric that `wanted` accepts. */
  async find(wanted: (answer: FabricAnswer) => boolean, age?: number): Promise<FabricAnswer | undefined> {
    return (await this.list(age)).find(wanted);
  }

  /** One fabric, or undefined when it is gone: absence from the list is confirmed by a read of its own. */
  async get(key: string): Promise<FabricAnswer | undefined> {
    return (await this.find(({ id }) => String(id) === key)) ?? (await this.read(key));
  }

  /** One fabric, read by itself; undefined on MAAS's own 404 of the fabric. */
  async read(key: string): Promise<FabricAnswer | undefined> {
    const sent = this.cached.send();
    try {
      const answer = await this.transport.json({ method: "GET", path: `fabrics/${key}/` }, fabricSchema, ({ id }) =>
        String(id) === key ? undefined : `expected fabric ${key}, but ${id} came`,
      );
      return this.keepFabric(answer, sent);
    } catch (failure) {
      if (!isGone(failure)) throw failure;
      this.cached.drop(fabricKey(key), sent);
      return undefined;
    }
  }

  /** Creates a fabric; see `RestCollection.create`. */
  async create(fields: Fields, isIt: (answer: FabricAnswer) => boolean): Promise<FabricAnswer> {
    return createOnce(
      async () => {
        const sent = this.cached.send();
        return this.keepFabric(
          await this.transport.json({ method: "POST", path: "fabrics/", form: fields }, fabricSchema),
          sent,
        );
      },
      () => this.find(isIt, 0),
    );
  }

  /** Changes a fabric; fields left out keep their value. */
  async update(key: string, fields: Fields): Promise<FabricAnswer> {
    return this.writing(fabricKey(key), async (sent) =>
      this.keepFabric(
        await this.transport.json({ method: "PUT", path: `fabrics/${key}/`, form: fields }, fabricSchema),
        sent,
      ),
    );
  }

  /** Deletes a fabric; one that is gone already is a success. */
  async remove(key: string): Promise<void> {
    await this.removing(fabricKey(key), `fabrics/${key}/`);
  }

  /** The fabric of a name. */
  async named(name: string, age?: number): Promise<FabricAnswer | undefined> {
    return fabricNamed(await this.list(age), name);
  }

  /** A VLAN by its fabric's name and its vid. */
  async vlan(fabric: string, vid: number, age?: number): Promise<VlanAnswer | undefined> {
    return (await this.named(fabric, age))?.vlans.find((vlan) => vlan.vid === vid);
  }

  /** A VLAN by id, or undefined when it is gone: absence from the list is confirmed by a read of its own. */
  async vlanById(id: string): Promise<VlanAnswer | undefined> {
    const known = (await this.list()).flatMap((fabric) => fabric.vlans).find((vlan) => String(vlan.id) === id);
    return known ?? this.readVlan(id);
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
        const sent = this.cached.send();
        const request = { method: "POST", path: `fabrics/${fabric.id}/vlans/`, form: fields } as const;
        return this.keepVlan(await this.transport.json(request, vlanSchema), sent);
      },
      async () =>
        (await this.list(0)).find(({ id }) => id === fabric.id)?.vlans.find((vlan) => vlan.vid === Number(fields.vid)),
    );
  }

  /** Changes a VLAN; fields left out keep their value. */
  async updateVlan(id: number, fields: Fields): Promise<VlanAnswer> {
    return this.writing(vlanKey(id), async (sent) => {
      const request = { method: "PUT", path: `vlans/${id}/`, form: fields } as const;
      const rule = (answer: VlanAnswer) =>
        answer.id === id ? undefined : `expected VLAN ${id}, but ${answer.id} came`;
      return this.keepVlan(await this.transport.json(request, vlanSchema, rule), sent);
    });
  }

  /** Deletes a VLAN; one that is gone already is a success. */
  async removeVlan(id: string): Promise<void> {
    await this.removing(vlanKey(id), `vlans/${id}/`);
  }

  /** Makes the next reader reload the list, after a write elsewhere that changes fabrics or VLANs too. */
  forget(): void {
    this.cached.forget();
  }

  private async readVlan(id: string): Promise<VlanAnswer | undefined> {
    const sent = this.cached.send();
    try {
      const rule = (answer: VlanAnswer) =>
        String(answer.id) === id ? undefined : `expected VLAN ${id}, but ${answer.id} came`;
      return this.keepVlan(await this.transport.json({ method: "GET", path: `vlans/${id}/` }, vlanSchema, rule), sent);
    } catch (failure) {
      if (!isGone(failure)) throw failure;
      this.cached.drop(vlanKey(id), sent);
      return undefined;
    }
  }

  private async writing<Answer>(key: string, write: (sent: number) => Promise<Answer>): Promise<Answer> {
    try {
      return await write(this.cached.send());
    } catch (failure) {
      if (mayHaveHappened(failure)) this.cached.doubt(key);
      throw failure;
    }
  }

  private async removing(key: string, path: string): Promise<void> {
    await this.writing(key, async (sent) => {
      try {
        await this.transport.send({ method: "DELETE", path });
      } catch (failure) {
        if (!isGone(failure)) throw failure;
      }
      this.cached.drop(key, sent);
    });
  }

  private keepVlan(vlan: VlanAnswer, sent: number): VlanAnswer {
    this.cached.put({ vlan }, sent);
    return vlan;
  }

  private keepFabric(fabric: FabricAnswer, sent: number): FabricAnswer {
    for (const part of partsOf(fabric)) this.cached.put(part, sent);
    return fabric;
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

function partsOf({ vlans, ...fabric }: FabricAnswer): Part[] {
  return [{ fabric }, ...vlans.map((vlan) => ({ vlan }))];
}

/** Fabrics with the VLANs that are in them, under the fabric's current name. A VLAN of an unknown fabric is in none. */
function assembled(parts: readonly Part[]): FabricAnswer[] {
  const vlans = parts.flatMap((part) => ("vlan" in part ? [part.vlan] : []));
  return parts.flatMap((part) => {
    if (!("fabric" in part)) return [];
    const { id, name } = part.fabric;
    const own = vlans.filter(({ fabric_id }) => fabric_id === id);
    return [{ ...part.fabric, vlans: own.map((vlan) => ({ ...vlan, fabric: name })) }];
  });
}

function fabricKey(id: string | number): string {
  return `fabric ${id}`;
}

function vlanKey(id: string | number): string {
  return `vlan ${id}`;
}
