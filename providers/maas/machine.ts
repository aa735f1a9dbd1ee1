import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { canonicalMacAddress, macAddressProblem } from "../../addressing/mac-address";
import { optional, text } from "../dynamic/fields";
import type { ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import { type MaasConnection, connectMaas } from "./connection";
import { commissionIfWanted, enlist, keepPower, presentPower } from "./enlist-machine";
import type { Enlistment, MachineInputs, MachineOutputs } from "./machine-inputs";
import { refuseOtherDatacenter, searchMachine } from "./take-machine";
import { type MachineFormer, formerOf } from "./machine-state/former";
import type { MachineFind } from "./look-ups/find-machine";
import { gone } from "./refusals";

/** Inputs of a {@link Machine}. */
export interface MachineArgs {
  /** How the machine is told from the others: exactly one of hostname, systemId, macAddress, tag. */
  find: pulumi.Input<MachineFind>;
  /**
   * Enlists the machine when MAAS does not have it; of a machine that MAAS has, only the power driver is kept as said here, and left so on
   * destroy. Default: not, a machine that is not found is an error.
   */
  enlist?: pulumi.Input<Enlistment | null>;
  /** What the power driver of `enlist` needs (`power_address`, `power_user`, `power_pass` …); kept as a secret. Default: none. */
  powerParameters?: pulumi.Input<Record<string, string> | null>;
  /** Commissions the machine when it is New, and waits for it. Default: false. */
  commission?: pulumi.Input<boolean>;
  /** How long commissioning may take, in minutes; a later `up` goes on waiting. Default: 60. */
  waitMinutes?: pulumi.Input<number>;
}

const macAddress = z
  .string()
  .superRefine((value, context) => {
    const problem = macAddressProblem(value);
    if (problem !== undefined) context.addIssue({ code: "custom", message: `"${value}" ${problem}` });
  })
  .transform((value) => (macAddressProblem(value) === undefined ? canonicalMacAddress(value) : value));

const find = z
  .strictObject({
    hostname: z.string().min(1).optional(),
    systemId: z.string().min(1).optional(),
    macAddress: macAddress.optional(),
    tag: z.string().min(1).optional(),
  })
  .refine((value) => Object.values(value).filter((part) => part !== undefined).length === 1, {
    error: "must hold exactly one of hostname, systemId, macAddress and tag",
  });

const enlistment = z.strictObject({
  hostname: text("the hostname that the machine gets").optional(),
  architecture: z.string().default("amd64/generic"),
  macAddresses: z.array(macAddress).min(1, { error: "must name at least one MAC address of the machine" }),
  powerType: z.string().default("manual"),
});

/**
 * The kind behind {@link Machine}. It writes nothing but a described power driver to a machine that exists: how the machine was found is so on record before
 * anything changes it, also when a run is killed in the midst of that.
 */
export const machineKind: ResourceKind<MachineInputs, MachineOutputs, MaasConnection> = {
  kind: "maas:Machine",
  schema: {
    find,
    enlist: optional(enlistment),
    powerParameters: optional(z.record(z.string(), z.string())),
    commission: z.boolean().default(false),
    waitMinutes: z.number().min(0).default(60),
  },
  outputs: ["hostname", "former"],
  secretInputs: ["powerParameters"],
  informative: ["waitMinutes"],
  connect: connectMaas,

  async create(link, inputs) {
    await link.client.ready();
    const found = await searchMachine(link.client, inputs);
    if (found !== undefined) refuseOtherDatacenter(found, link.datacenter);
    const machine = found ?? (await enlist(link, inputs));
    const former = formerOf(machine);
    // The power driver is not part of what is put back: commissioning needs the one that is described.
    if (found !== undefined) await keepPower(link, found, inputs);
    const ready = await commissionIfWanted(link, machine, inputs, { hostname: machine.hostname, former });
    return { id: ready.system_id, outputs: { hostname: ready.hostname, former } };
  },

  async read(link, id, state) {
    await link.client.ready();
    const machine = await link.client.machines.get(id);
    if (machine === undefined) return undefined;
    const { enlist = null, powerParameters = null } = state;
    const power = await presentPower(link, machine, { enlist, powerParameters });
    return {
      id,
      inputs: {
        find: state.find ?? { systemId: id },
        ...power,
        commission: state.commission ?? false,
        waitMinutes: state.waitMinutes ?? 60,
      },
      outputs: { hostname: machine.hostname, former: state.former ?? formerOf(machine) },
    };
  },

  async update(link, id, olds, news) {
    await link.client.ready();
    const machine = await link.client.machines.get(id);
    if (machine === undefined) throw gone(`Machine ${olds.hostname}`, id);
    const found = await searchMachine(link.client, news);
    if (found !== undefined && found.system_id !== id) {
      throw new Error(
        `Machine ${olds.hostname} (${id}): the description now finds another machine, ${found.hostname} (${found.system_id}). ` +
          "Describe that one under a name of its own, and take this one out, so that it is put back as it was.",
      );
    }
    await keepPower(link, machine, news);
    const ready = await commissionIfWanted(link, machine, news, { hostname: machine.hostname, former: olds.former });
    return { outputs: { hostname: ready.hostname, former: olds.former } };
  },

  // A machine is never deleted, not even one that was enlisted here.
  delete: () => Promise.resolve(),
};

/** A machine of MAAS (API: machines), found or enlisted. Its network, storage layout and place are resources of their own. */
export class Machine extends ServedResource<MachineInputs, MachineOutputs, MaasConnection> {
  declare public readonly find: pulumi.Output<MachineFind>;
  declare public readonly enlist: pulumi.Output<Enlistment | null>;
  /** A secret. */
  declare public readonly powerParameters: pulumi.Output<Record<string, string> | null>;
  declare public readonly waitMinutes: pulumi.Output<number>;
  declare public readonly commission: pulumi.Output<boolean>;
  /** As MAAS has it now. */
  declare public readonly hostname: pulumi.Output<string>;
  /** How the machine was found; `HostNetwork` and `PoolMembership` take it as input and put it back on destroy. */
  declare public readonly former: pulumi.Output<MachineFormer>;

  constructor(name: string, args: MachineArgs, options?: pulumi.CustomResourceOptions) {
    super(machineKind, name, args, options);
  }

  /** A machine that is managed elsewhere, by its system id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Machine {
    return new Machine(name, {} as MachineArgs, { ...options, id });
  }
}
