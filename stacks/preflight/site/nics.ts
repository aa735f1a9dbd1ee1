import { placeNetworks } from "../../../components/bare-metal/layouts/host-layout";
import { layouts } from "../../../components/bare-metal/layouts/layout-table";
import { messageOf } from "../../../providers/dynamic/errors";
import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import { chosenNicNames, fillLayout, layoutArgs } from "../../derived/layout-args";
import type { Datacenter } from "../../description/datacenter";
import type { Host } from "../../description/hosts";
import type { Hit } from "../rule";
import { maasRule } from "./machines";
import { foundHosts } from "./matched-hosts";

function physicalNics(machine: MachineFacts): MachineFacts["interfaces"] {
  return machine.interfaces.filter(({ type }) => type === "physical");
}

/** The NICs that a host's layout uses, by what they form; or why they cannot be chosen. */
function usedNics(
  datacenter: Datacenter,
  host: Host,
  machine: MachineFacts,
): Map<string, readonly string[]> | { problem: string } {
  let nics: Record<string, string[]>;
  try {
    nics = chosenNicNames(host, physicalNics(machine));
  } catch (failure) {
    return { problem: messageOf(failure) };
  }
  const filled = fillLayout(layoutArgs(datacenter, host, nics));
  if ("problem" in filled) return filled;
  const bonds = Object.entries(filled.interfaces).flatMap(([name, item]): [string, readonly string[]][] =>
    item.type === "bond" ? [[name, item.parents]] : [],
  );
  const { uplink } = layouts[host.layout];
  return new Map(uplink === undefined ? bonds : [...bonds, ["uplink", nics["uplink"] ?? [uplink]]]);
}

/** The NICs of every found host whose NICs can be chosen. */
function hostsWithNics(datacenter: Datacenter, maas: Parameters<typeof foundHosts>[1]) {
  return foundHosts(datacenter, maas).flatMap(({ host, machine }) => {
    const used = usedNics(datacenter, host, machine);
    return used instanceof Map ? [{ host, machine, used }] : [];
  });
}

/** A layout with NICs that the machine does not have fails at its first call. */
export const nicsFound = maasRule(
  { code: "SIT016", severity: "error", rule: "Every described host has the NICs of its layout." },
  (datacenter, maas) =>
    foundHosts(datacenter, maas).flatMap(({ host, machine }): Hit[] => {
      const used = usedNics(datacenter, host, machine);
      const problem = used instanceof Map ? missingNics(used, physicalNics(machine)) : used.problem;
      return problem === undefined
        ? []
        : [
            {
              path: host.path,
              message: `${host.name} with the layout ${host.layout}: ${problem}`,
              fix: 'Name its NICs under "nics", by their present name or MAC address; choose another layout; commission the machine again if a NIC was added; or set outOfService: true to leave it out until then.',
            },
          ];
    }),
);

function missingNics(
  used: ReadonlyMap<string, readonly string[]>,
  nics: MachineFacts["interfaces"],
): string | undefined {
  const known = nics.map(({ name }) => name);
  const missing = [...used.values()].flat().filter((name) => !known.includes(name));
  if (missing.length === 0) return undefined;
  const renamed = missing.flatMap((name) => {
    const nic = nics.find((candidate) => isRenamed(name, candidate.name));
    return nic === undefined ? [] : [`${name} is ${nic.name} now (MAC address ${nic.macAddress})`];
  });
  const has = `it has no NIC ${missing.join(", ")}; it has ${known.join(", ") || "none"}`;
  return renamed.length === 0 ? has : `${has}: ${renamed.join(", ")}`;
}

/** Whether one name is the other with the port suffix that newer kernels add: `enp65s0f0` and `enp65s0f0np0`. */
function isRenamed(one: string, other: string): boolean {
  const plain = (name: string): string => name.replace(/(?<=\d)n?p\d+$/, "");
  return one !== other && plain(one) === plain(other);
}

/** RA: PXE boot runs over the first port of bond_mgmt. A machine that boots from another port cannot be deployed over this layout. */
export const bootNicPlaced = maasRule(
  { code: "SIT017", severity: "error", rule: "A host boots from a NIC that carries the provisioning network." },
  (datacenter, maas) =>
    hostsWithNics(datacenter, maas).flatMap(({ host, machine, used }): Hit[] => {
      const boot = physicalNics(machine).find(
        ({ macAddress }) => macAddress !== "" && macAddress === machine.bootMacAddress,
      );
      const placed = placeNetworks(layoutArgs(datacenter, host, Object.fromEntries(used))).find(
        ({ network }) => network.role === "provisioning",
      );
      if (boot === undefined || placed === undefined) return [];
      const { bridge } = layouts[host.layout];
      const below = placed.parent ?? placed.interface;
      const carrier = below === bridge?.name ? bridge.on : below;
      const carrying = used.get(carrier) ?? used.get("uplink") ?? [];
      if (carrying.includes(boot.name)) return [];
      return [
        {
          path: host.path,
          message: `${host.name} boots from ${boot.name}, but the provisioning network is on ${carrying.join(", ")} (${carrier})`,
          fix: `Name ${boot.name} among the NICs of ${carrier}, or set the machine to boot from another port and commission it again.`,
        },
      ];
    }),
);

/** LACP takes links of one speed into use only. */
export const nicSpeedsAlike = maasRule(
  { code: "SIT018", severity: "warning", rule: "The NICs of a bond have one link speed." },
  (datacenter, maas) =>
    hostsWithNics(datacenter, maas).flatMap(({ host, machine, used }): Hit[] =>
      [...used].flatMap(([bond, names]): Hit[] => {
        const nics = physicalNics(machine).filter(
          ({ name, linkSpeedMbps }) => names.includes(name) && linkSpeedMbps > 0,
        );
        if (new Set(nics.map(({ linkSpeedMbps }) => linkSpeedMbps)).size < 2) return [];
        const speeds = nics.map(({ name, linkSpeedMbps }) => `${name} ${linkSpeedMbps} Mbit/s`).join(", ");
        return [
          {
            path: host.path,
            message: `${bond} of ${host.name} has NICs of different speeds: ${speeds}`,
            fix: "Bond NICs of one speed; check cabling and switch ports.",
          },
        ];
      }),
    ),
);

/** A cable that is not plugged in makes a bond of one link. */
export const nicsConnected = maasRule(
  { code: "SIT019", severity: "warning", rule: "The NICs of a host's layout have a link." },
  (datacenter, maas) =>
    hostsWithNics(datacenter, maas).flatMap(({ host, machine, used }): Hit[] => {
      const names = [...used.values()].flat();
      const dead = physicalNics(machine).filter(({ name, linkConnected }) => names.includes(name) && !linkConnected);
      return dead.length === 0
        ? []
        : [
            {
              path: host.path,
              message: `${dead.map(({ name }) => name).join(", ")} of ${host.name} had no link when it was commissioned`,
              fix: "Check the cable and the switch port, then commission the machine again.",
            },
          ];
    }),
);
