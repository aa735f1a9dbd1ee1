import { z } from "zod";
import { type Plain, type PlainObject, isObject } from "../dynamic/plain";
import { unmark } from "./marker";
import type { RestCollection } from "./client/rest-collection";
import type { MachineAnswer } from "./client/machine-types";
import type { MaasConnection } from "./connection";
import { ownedKind } from "./owned-kind";
import type { OwnershipInputs } from "./owned-kind-options";
import { foreignUsers } from "./owners";
import type { ObjectKind } from "./ownership/dangers";

/** Values of a kind that has a name and a description only; null is "not described". */
export interface DescribedFields {
  name: string;
  description: string | null;
}

/** Inputs of such a kind. */
export type DescribedInputs = DescribedFields & OwnershipInputs;

/** What MAAS answers for such an object. */
export interface DescribedAnswer {
  readonly id: number;
  readonly name: string;
  readonly description?: string;
}

/** The requests that such a kind makes. */
type DescribedCollection = Pick<
  RestCollection<DescribedAnswer>,
  "list" | "find" | "read" | "create" | "update" | "remove"
>;

/** What distinguishes pools, zones and spaces. */
export interface DescribedOptions {
  /** `maas:ResourcePool` */
  readonly kind: string;
  readonly objectKind: ObjectKind;
  /** The object as messages name it, by name. */
  readonly object: (name: string) => string;
  readonly name: z.ZodType<string>;
  collection(link: MaasConnection): DescribedCollection;
  /** The key that the object's path has. */
  key(answer: DescribedAnswer): string;
  /** Whether a machine is in it; absent for what holds no machines. */
  readonly holds?: (machine: MachineAnswer, answer: DescribedAnswer) => boolean;
  /** Deletes the object, or throws an error that names who uses it. */
  remove(link: MaasConnection, answer: DescribedAnswer): Promise<void>;
}

/** A kind with a name and a description: resource pool, zone, space. */
export function describedKind(options: DescribedOptions) {
  const { holds } = options;
  return ownedKind<DescribedFields, object, DescribedAnswer>({
    kind: options.kind,
    objectKind: options.objectKind,
    fields: {
      name: { type: options.name, always: true, read: (answer) => answer.name },
      description: {
        type: z.string(),
        byDefault: () => "",
        read: (answer) => unmark(answer.description ?? "").text,
      },
    },
    marker: { text: "description", form: "description", read: (answer) => answer.description ?? "" },
    legacyPrevious: withoutMarkerIn("description"),
    object: (inputs) => options.object(inputs.name),
    isIt: (answer, inputs) => answer.name === inputs.name,
    list: (link, _inputs, age) => options.collection(link).list(age),
    idOf: (answer) => String(answer.id),
    // Absence from a list that is sent now is confirmed by a read of the object: a zone's path has its name, all others their id.
    byId: async (link, id, state) => {
      const collection = options.collection(link);
      const isIt = (answer: DescribedAnswer): boolean => String(answer.id) === id;
      const listed = (await collection.find(isIt)) ?? (await collection.find(isIt, 0));
      const key = options.key({ id: Number(id), name: state.name ?? "" });
      if (listed !== undefined || key === "") return listed;
      const found = await collection.read(key);
      return found !== undefined && isIt(found) ? found : undefined;
    },
    form: (_link, { name }) => (name === undefined ? {} : { name }),
    create: (link, fields, inputs) => options.collection(link).create(fields, (answer) => answer.name === inputs.name),
    send: (link, answer, fields) => options.collection(link).update(options.key(answer), fields),
    ...(holds === undefined
      ? {}
      : {
          users: (link: MaasConnection, answer: DescribedAnswer) =>
            foreignUsers(link, { machines: (machine) => holds(machine, answer) }),
        }),
    remove: (link, answer) => options.remove(link, answer),
  });
}

/** Reads values that an earlier version recorded with the marker behind a text. */
export function withoutMarkerIn(text: string): (former: Plain) => PlainObject {
  return (former) => {
    if (!isObject(former)) return {};
    const value = former[text];
    return { ...former, ...(typeof value === "string" ? { [text]: unmark(value).text } : {}) };
  };
}
