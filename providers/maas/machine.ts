import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { canonicalMacAddress, macAddressProblem } from "../../addressing/mac-address";
import { optional, text } from "../dynamic/fields";
import { type ResourceKind, asRecorded } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import { type MaasConnection, connectMaas } from "./connection";
import { commissionIfWanted, enlist, keepPower, presentPower } from "./enlist-machine";
import type { Enlistment, MachineInputs, MachineOutputs } from "./machine-inputs";
import { refuseOtherDatacenter, searchMachine } from "./take-machine";
import { type MachineFormer, formerOf } from "./machine-state/former";
import { type Hold, holdField, isPlaceholder, placeholderId } from "./machine-state/hold";
import { type MachineFind, describeFind, findMachine } from "./look-ups/find-machine";
import { findableOf } from "./look-ups/machine-facts";
import { gone } from "./refusals";

/** Inputs of a {@link Machine}. */
export interface MachineArgs {
  /** How the machine is told from the others: exactly one of hostname, systemId, macAddress, tag. */
  find: pulumi.Input<MachineFind>;
  /**
   * System id of the machine that `find` means, as observed before the run. When it differs from the machine on record, the hardware was replaced:
   * the resource is replaced, and the old machine is left alone. Default: none, the machine on record stays.
   */
  systemId?: pulumi.Input<string | null>;
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
  /** Leaves the machine out of this run, with the reason. Default: it is handled. */
  hold?: pulumi.Input<Hold | null>;
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
    systemId: optional(text("the system id of a machine")),
    enlist: optional(enlistment),
    powerParameters: optional(z.record(z.string(), z.string())),
    commission: z.boolean().default(false),
    waitMinutes: z.number().min(0).default(60),
    hold: holdField,
  },
  outputs: ["hostname", "former"],
  secretInputs: ["powerParameters"],
  informative: ["systemId", "waitMinutes", "hold"],
  connect: connectMaas,

  held: ({ hold }) => hold !== null && hold !== undefined,

  otherObject(id, olds, { find: described, systemId }) {
    if (systemId === null || systemId === id) return undefined;
    if (isPlaceholder(id)) return { replaces: ["systemId"] };
    return { replaces: ["systemId"], notice: replacedText(olds["hostname"], described, id, systemId) };
  },

  async create(link, inputs) {
    if (inputs.hold !== null) {
      const { hostname, systemId, macAddress, tag } = inputs.find;
      const name = hostname ?? systemId ?? macAddress ?? tag ?? "";
      return { id: placeholderId(name), outputs: { hostname: hostname ?? "", former: null } };
    }
    await link.client.ready();
    const meant = inputs.systemId === null ? inputs.find : { systemId: inputs.systemId };
    const found = await searchMachine(link.client, { ...inputs, find: meant });
    if (found !== undefined) refuseOtherDatacenter(found, link.datacenter);
    const machine = found ?? (await enlist(link, inputs));
    const former = formerOf(machine);
    // The power driver is not part of what is put back: commissioning needs the one that is described.
    if (found !== undefined) await keepPower(link, found, inputs);
    const ready = await commissionIfWanted(link, machine, inputs, { hostname: machine.hostname, former });
    return { id: ready.system_id, outputs: { hostname: ready.hostname, former } };
  },

  async read(link, id, state) {
    if (isPlaceholder(id)) return asRecorded;
    await link.client.ready();
    const machine = await link.client.machines.get(id);
    if (machine === undefined) return readMissing(link, id, state);
    const { enlist = null, powerParameters = null } = state;
    const power = await presentPower(link, machine, { enlist, powerParameters });
    return {
      id,
      inputs: {
        find: state.find ?? { systemId: id },
        systemId: state.systemId ?? null,
        ...power,
        commission: state.commission ?? false,
        waitMinutes: state.waitMinutes ?? 60,
        hold: state.hold ?? null,
      },
      outputs: { hostname: machine.hostname, former: state.former ?? formerOf(machine) },
    };
  },

  async update(link, id, olds, news) {
    await link.client.ready();
    const machine = await link.client.machines.get(id);
    if (machine === undefined) throw gone(`Machine ${olds.hostname}`, id);
    const found = news.systemId === id ? machine : await searchMachine(link.client, news);
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

/**
 * Reads a machine that MAAS does not have any more. A machine that is enlisted here is gone, so that the next `up` enlists it again; so is one
 * that has a successor of the same description while the program does not resolve system ids. Every other stays on record until it is back.
 */
async function readMissing(
  link: MaasConnection,
  id: string,
  state: Partial<MachineInputs & MachineOutputs>,
): Promise<typeof asRecorded | undefined> {
  const { find: described, enlist = null, systemId = null, hostname } = state;
  if (described === undefined || enlist !== null) return undefined;
  const log = link.log.of("maas:Machine", hostname ?? describeFind(described), id);
  const found = findMachine((await link.client.machines.known()).map(findableOf), described);
  const successor = "machine" in found ? found.machine.systemId : undefined;
  if (successor !== undefined && systemId === null) {
    log.warning(replacedText(hostname, described, id, successor));
    return undefined;
  }
  if (successor === undefined) log.warning("MAAS does not have it any more; its record is kept until it is back");
  return asRecorded;
}

/** What a preview says about replaced hardware. */
function replacedText(hostname: unknown, described: MachineFind, id: string, successor: string): string {
  const name = typeof hostname === "string" && hostname !== "" ? hostname : describeFind(described);
  return (
    `maas:Machine ${name}: it is another machine now: system id ${id} was replaced by ${successor}. An up configures the network and the ` +
    `storage layout of ${successor} and moves it to the resource pool; nothing is restored on ${id} if MAAS does not have it any more.`
  );
}

/** A machine of MAAS (API: machines), found or enlisted. Its network, storage layout and place are resources of their own. */
export class Machine extends ServedResource<MachineInputs, MachineOutputs, MaasConnection> {
  declare public readonly find: pulumi.Output<MachineFind>;
  declare public readonly enlist: pulumi.Output<Enlistment | null>;
  /** As observed before the run that recorded it; null where the program does not resolve it. */
  declare public readonly systemId: pulumi.Output<string | null>;
  /** A secret. */
  declare public readonly powerParameters: pulumi.Output<Record<string, string> | null>;
  declare public readonly waitMinutes: pulumi.Output<number>;
  declare public readonly commission: pulumi.Output<boolean>;
  declare public readonly hold: pulumi.Output<Hold | null>;
  /** As MAAS has it now. */
  declare public readonly hostname: pulumi.Output<string>;
  /** How the machine was found; `HostNetwork` and `PoolMembership` take it as input and put it back on destroy. */
  declare public readonly former: pulumi.Output<MachineFormer | null>;

  constructor(name: string, args: MachineArgs, options?: pulumi.CustomResourceOptions) {
    super(machineKind, name, args, options);
  }

  /** A machine that is managed elsewhere, by its system id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Machine {
    return new Machine(name, {} as MachineArgs, { ...options, id });
  }
}
