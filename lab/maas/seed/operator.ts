import { machineRoutes } from "../machines/routes";
import { setMachineStatus } from "../machines/set-machine-status";
import type { JsonObject, JsonValue } from "../json";
import { MaasRefusal } from "../server/refusal";
import { chooseRoute, Router } from "../server/router";
import { fromQuery, TextParameters } from "../server/text-parameters";
import { siteRoutes } from "../site/routes";
import { addUser } from "../site/users";
import type { Store } from "../store";
import { createSeedMachine } from "../machines/create-seed-machine";
import type { MachineSeed } from "./machine-seed";

/** Form fields of a call; a list is a repeated field. */
export type Fields = Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;

/**
 * Somebody who used the region's API before the lab's user came. A seed is what he did, so that it holds nothing that MAAS
 * would refuse, and does not depend on how the simulator keeps it.
 */
export class Operator {
  private readonly router = new Router([...siteRoutes, ...machineRoutes]);

  constructor(
    private readonly store: Store,
    private readonly user: string,
  ) {}

  /** Creates an object, or does an operation (`?op=`), at a path below /MAAS/api/2.0/. */
  post(path: string, fields: Fields = {}): JsonObject {
    return this.call("POST", path, fields);
  }

  /** Changes an object. */
  put(path: string, fields: Fields): JsonObject {
    return this.call("PUT", path, fields);
  }

  /** Deletes an object. */
  delete(path: string): void {
    this.call("DELETE", path, {});
  }

  /** Gives the region a user without administrator's rights. */
  addUser(username: string): void {
    addUser(this.store, username);
  }

  /** Whether the region has a subnet with this CIDR. */
  hasSubnet(cidr: string): boolean {
    return this.store.site.subnets.some((subnet) => subnet.cidr === cidr);
  }

  /** Whether the region has a machine with this hostname. */
  hasMachine(hostname: string): boolean {
    return this.store.machines.some((machine) => machine.hostname === hostname);
  }

  /** Racks a machine and commissions it. */
  commission(seed: MachineSeed): void {
    createSeedMachine(this.store, seed);
  }

  /** The system id of a machine. */
  systemId(hostname: string): string {
    return this.machine(hostname).systemId;
  }

  /** The path of a machine's interfaces. */
  interfaces(hostname: string): string {
    return `nodes/${this.systemId(hostname)}/interfaces/`;
  }

  /** The id of an interface of a machine. */
  interface(hostname: string, name: string): number {
    return present(
      this.machine(hostname).interfaces.find((each) => each.name === name),
      `${hostname} has no interface ${name}`,
    ).id;
  }

  /** The path of a machine. */
  machinePath(hostname: string): string {
    return `machines/${this.systemId(hostname)}/`;
  }

  /** The id of a disk of a machine. */
  disk(hostname: string, name: string): number {
    return present(
      this.machine(hostname).blockDevices.find((each) => each.name === name),
      `${hostname} has no disk ${name}`,
    ).id;
  }

  /** Sets a machine's status outside the API: `broken`, `deployed` … A status that has an owner gets `owner`. */
  setStatus(hostname: string, status: string, owner = this.user): void {
    setMachineStatus(this.store, this.systemId(hostname), status, owner);
  }

  private machine(hostname: string) {
    return present(
      this.store.machines.find((each) => each.hostname === hostname),
      `the seed has no machine ${hostname}`,
    );
  }

  private call(method: "POST" | "PUT" | "DELETE", target: string, fields: Fields): JsonObject {
    const [path = "", query = ""] = target.split("?");
    const match = present(this.router.match(`/${path}`), `MAAS has no endpoint ${path}`);
    const parameters = fromQuery(query);
    const form = new TextParameters(
      Object.entries(fields).flatMap(([name, value]) =>
        [value].flat().map((one): [string, string] => [name, String(one)]),
      ),
    );
    try {
      const route = chooseRoute(match, method, parameters.get("op"));
      const { store, user } = this;
      const answer = route.handle({ method, params: match.params, query: parameters, form, user, store });
      if (answer instanceof Promise) throw new Error("it is not done at once");
      return isObject(answer.json) ? answer.json : {};
    } catch (error) {
      const reason = error instanceof MaasRefusal ? JSON.stringify(error.answer) : String(error);
      throw new Error(`the seed's ${method} ${target} fails: ${reason}`, { cause: error });
    }
  }
}

function present<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new Error(otherwise);
  return value;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
