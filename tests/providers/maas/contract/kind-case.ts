import type { PlainObject } from "../../../../providers/dynamic/plain";
import type { MaasClient } from "../../../../providers/maas/client/client";
import type { AnyKind } from "../region";

/** Addresses that no other network of a MAAS has: 32 networks of /24 in the block that is set apart for tests of devices (RFC 2544). */
export const freeBlocks: readonly string[] = ["198.18", "198.19"].flatMap((start) =>
  Array.from({ length: 8 }, (_, index) => `${start}.${index * 32}.0/19`),
);

/** Names and networks that nobody else uses: a genuine MAAS holds other people's objects too. */
export class Names {
  /**
   * @param prefix begins every name, and is the name of the datacenter in markers
   * @param block one of {@link freeBlocks}
   */
  constructor(
    readonly prefix: string,
    readonly block: string = "198.18.192.0/19",
  ) {}

  /** A name of a pool, zone, tag … */
  of(name: string): string {
    return `${this.prefix}-${name}`;
  }

  /** A DNS domain. */
  domain(name: string): string {
    return `${this.prefix}-${name}.example.test`;
  }

  /** A network, by number from 0 to 31. */
  network(index: number): string {
    return `${this.start(index)}.0/24`;
  }

  /** An address of such a network. */
  address(index: number, host: number): string {
    return `${this.start(index)}.${host}`;
  }

  private start(index: number): string {
    const [first, second, third] = this.block.split(".");
    return `${first}.${second}.${Number(third) + index}`;
  }
}

/** What somebody at the UI does, given the id of the object. */
export type ByHand = (client: MaasClient, id: string) => Promise<unknown>;

/** One input of a kind, changed by hand in MAAS and in the program. */
export interface InputCase {
  input: string;
  /** Changes it in MAAS. Absent with a reason in `unseen`. */
  byHand?: ByHand;
  /** Why a change by hand cannot be seen. */
  unseen?: string;
  /** Another value in the program; further inputs change with it. */
  to?: PlainObject;
  /** Why a change in the program means a new object, which the engine makes. */
  replaced?: string;
}

/** A kind whose types do not matter to the table. */
export type SomeKind = AnyKind<object, object>;

/** One kind with all of its inputs. */
export interface KindCase {
  title: string;
  kind: SomeKind;
  /** What the object stands on, in order of creation. */
  before?: [kind: SomeKind, args: PlainObject][];
  args: PlainObject;
  inputs: InputCase[];
  /** Arguments that only this MAAS can tell. */
  more?: (client: MaasClient) => Promise<PlainObject>;
  /** Whether this MAAS has what the case needs; a reason when not. */
  impossible?: (client: MaasClient) => Promise<string | undefined>;
}

/** Takes the types off a kind. */
export function some<Inputs extends object, Outputs extends object>(kind: AnyKind<Inputs, Outputs>): SomeKind {
  return kind as unknown as SomeKind;
}

/** Inputs that say what may be done with an object, and are no values of it. */
export const permissions: readonly string[] = ["adopt", "approve", "reference"];
