import { z } from "zod";

/** Status numbers of a MAAS machine that the controller tells apart. */
export const MAAS_STATUS = {
  new: 0,
  ready: 4,
  deployed: 6,
  broken: 8,
  deploying: 9,
  allocated: 10,
  failedDeployment: 11,
  releasing: 12,
  releasingFailed: 13,
  diskErasing: 14,
  failedDiskErasing: 15,
} as const;

const named = z.object({ name: z.string() });

/** A machine of MAAS: the members that the controller reads. */
export const maasMachineSchema = z.object({
  system_id: z.string(),
  hostname: z.string(),
  status: z.number(),
  status_name: z.string().optional(),
  status_message: z.string().nullish(),
  owner: z.string().nullish(),
  cpu_count: z.number(),
  memory: z.number(),
  zone: named,
  pool: named,
  ip_addresses: z.array(z.string()).nullish(),
  interface_set: z
    .array(z.object({ links: z.array(z.object({ ip_address: z.string().nullish() })).nullish() }))
    .nullish(),
});

/** A machine as MAAS answers it, as far as the controller reads it. */
export type MaasMachine = z.output<typeof maasMachineSchema>;

/** A list of machines. */
export const maasMachinesSchema = z.array(maasMachineSchema);

/** Every address of a machine, in the order of `ip_addresses`, then of its links. */
export function addressesOf(machine: MaasMachine): string[] {
  const linked = (machine.interface_set ?? []).flatMap((nic) => nic.links ?? []).map((link) => link.ip_address);
  return [...new Set([...(machine.ip_addresses ?? []), ...linked])].filter(
    (address): address is string => typeof address === "string" && address !== "",
  );
}
