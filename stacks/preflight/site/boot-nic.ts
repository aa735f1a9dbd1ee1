import { formatVlan, sameVlan, type VlanReference } from "../../../providers/maas/host-network/host-interface";
import type { MachineFacts, ObservedMachine } from "../../../providers/maas/look-ups/machine-facts";
import { unmark } from "../../../providers/maas/marker";
import { fabricsOfOneNic } from "../../derived/observed-fabrics";
import { siteFabricName } from "../../derived/site-fabric";
import type { Datacenter } from "../../description/datacenter";
import type { Host } from "../../description/hosts";
import { formatHosts } from "../../host-forecast/host-list";
import type { Hit } from "../rule";
import type { MaasFacts } from "../site-facts";
import { maasRule } from "./machines";
import { foundHosts } from "./matched-hosts";

type ObservedNic = ObservedMachine["interface_set"][number];

/** Where a machine's boot NIC is, compared with the described provisioning network. */
type BootNic =
  | { readonly verdict: "fits" }
  | { readonly verdict: "elsewhere"; readonly nic: ObservedNic; readonly subnets: readonly string[] }
  | { readonly verdict: "unknown"; readonly nic: ObservedNic | undefined };

/** A host whose boot NIC is in another network would be moved to the described one, and never boot again. */
export const bootNicInProvisioning = maasRule(
  {
    code: "MCH001",
    severity: "error",
    rule: "The boot NIC of every described host is in the described provisioning network.",
  },
  (datacenter, maas) =>
    perPlace(datacenter, maas, (boot) => {
      if (boot.verdict !== "elsewhere") return undefined;
      const subnets = boot.subnets.length === 0 ? "" : `, in ${boot.subnets.join(", ")}`;
      return {
        end: `${boot.nic.name} on ${formatVlan(vlanOf(boot.nic))}${subnets}, but the described provisioning network is ${described(datacenter, maas)}: on that network they would never boot again`,
        fix: "Describe the network that they boot from, or take them out of this description; correct the cabling and commission them again if they are in the wrong network.",
      };
    }),
);

/** A boot NIC without an address of its own is on a fabric of its own: MAAS does not know which network that is. */
export const bootNicKnown = maasRule(
  {
    code: "MCH002",
    severity: "warning",
    rule: "MAAS knows the network of every described host's boot NIC.",
  },
  (datacenter, maas) =>
    perPlace(datacenter, maas, (boot) => {
      if (boot.verdict !== "unknown") return undefined;
      const where = boot.nic === undefined ? "a NIC that MAAS does not know" : `${boot.nic.name}, which got no address`;
      return {
        end: `${where} during commissioning: whether it is in the provisioning network, ${described(datacenter, maas)}, is not known`,
        fix: "Commission them again with DHCP on the provisioning network, or check the cabling.",
      };
    }),
);

/** One hit for all hosts of a place in the description that have the same problem. */
function perPlace(
  datacenter: Datacenter,
  maas: MaasFacts,
  problemOf: (boot: BootNic) => { end: string; fix: string } | undefined,
): Hit[] {
  const racks = maas.rackControllers.flatMap(({ vlans }) => vlans.map((vlan) => vlan.slice(0, vlan.lastIndexOf("/"))));
  const lonely = fabricsOfOneNic(
    maas.machines.map(({ observed }) => observed),
    racks,
  );
  const groups = new Map<string, { path: string; hosts: Host[]; end: string; fix: string }>();
  for (const { host, machine } of foundHosts(datacenter, maas)) {
    const problem = problemOf(bootNicOf(datacenter, maas, machine, lonely));
    if (problem === undefined) continue;
    const key = JSON.stringify([host.path, problem.end]);
    const group = groups.get(key) ?? { path: host.path, hosts: [], ...problem };
    groups.set(key, { ...group, hosts: [...group.hosts, host] });
  }
  return [...groups.values()].map(({ path, hosts, end, fix }) => ({
    path,
    message: `${formatHosts(hosts.map(({ name }) => name))} ${hosts.length === 1 ? "boots" : "boot"} from ${end}`,
    fix,
  }));
}

function bootNicOf(
  datacenter: Datacenter,
  maas: MaasFacts,
  machine: MachineFacts,
  lonely: ReadonlySet<string>,
): BootNic {
  const { observed } = machine;
  const nic = observed.interface_set.find(({ id }) => id === observed.boot_interface?.id);
  const vlan = nic === undefined ? undefined : vlanOf(nic);
  if (nic === undefined || vlan === undefined) return { verdict: "unknown", nic };
  const { cidr, vlan: vid } = datacenter.networks.provisioning;
  const fabric = siteFabricName(datacenter, { objects: maas.objects, recorded: null });
  // What this stack has configured is where the description puts it; discovered addresses are older than that.
  const ours = unmark(machine.description).datacenter === datacenter.name;
  if (ours && vlan.fabric === fabric && (vlan.vid === 0 || vlan.vid === vid)) return { verdict: "fits" };
  const existing = maas.objects.subnets.find((subnet) => subnet.cidr === cidr)?.vlan;
  const subnets = subnetsOf(nic);
  if (subnets.includes(cidr) || (existing !== undefined && sameVlan(vlan, existing))) return { verdict: "fits" };
  if (subnets.length > 0) return { verdict: "elsewhere", nic, subnets };
  if (lonely.has(vlan.fabric)) return { verdict: "unknown", nic };
  if (existing !== undefined) return { verdict: "elsewhere", nic, subnets };
  return vlan.fabric === fabric && vlan.vid === vid ? { verdict: "fits" } : { verdict: "unknown", nic };
}

/** CIDRs of the subnets that a NIC has, or had during commissioning, an address in. */
function subnetsOf(nic: ObservedNic): string[] {
  const links = nic.links.filter(({ mode }) => mode.toLowerCase() !== "link_up");
  const subnets = [...links, ...(nic.discovered ?? [])].flatMap(({ subnet }) => (subnet ? [subnet.cidr] : []));
  return [...new Set(subnets)].sort();
}

function vlanOf({ vlan }: ObservedNic): VlanReference | undefined {
  return vlan === null ? undefined : { fabric: vlan.fabric, vid: vlan.vid };
}

/** The provisioning network in words, on the VLAN where MAAS has it, else where the description puts it. */
function described(datacenter: Datacenter, maas: MaasFacts): string {
  const { cidr, vlan: vid } = datacenter.networks.provisioning;
  const existing = maas.objects.subnets.find((subnet) => subnet.cidr === cidr)?.vlan;
  return `${formatVlan(existing ?? { fabric: siteFabricName(datacenter, { objects: maas.objects, recorded: null }), vid })}, ${cidr}`;
}
