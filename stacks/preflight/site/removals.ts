import { inUse } from "../../../providers/maas/machine-state/status";
import { listNames } from "../../../providers/maas/in-use";
import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import type { RecordedObject } from "../../derived/site-knowledge";
import type { Datacenter } from "../../description/datacenter";
import { siteResourceNames } from "../../program/site-requests";
import type { Hit, SiteRule } from "../rule";
import type { MaasFacts } from "../site-facts";
import { foundHosts } from "./matched-hosts";

/** Machines that would keep an object in use when it is deleted, by what kind of object it is. */
interface Users {
  /** Machines of others: this run does not move them. */
  readonly foreign: readonly MachineFacts[];
  /** Those, and described ones that keep their network until they are deployed again. */
  readonly keeping: readonly MachineFacts[];
}

function usersOf(datacenter: Datacenter, maas: MaasFacts, recorded: readonly RecordedObject[]): Users {
  const described = new Set(foundHosts(datacenter, maas).map(({ machine }) => machine.systemId));
  const hostnames = recorded.filter(({ kind }) => kind === "Machine").map(({ outputs }) => outputs["hostname"]);
  const foreign = maas.machines.filter(
    ({ systemId, hostname }) => !described.has(systemId) && !hostnames.includes(hostname),
  );
  const deployed = maas.machines.filter((machine) => described.has(machine.systemId) && inUse(machine));
  return { foreign, keeping: [...foreign, ...deployed] };
}

/** Names of the machines and interfaces that use an object which this stack created. */
function usersOfObject({ kind, outputs }: RecordedObject, { foreign, keeping }: Users): string[] {
  const names = (machines: readonly MachineFacts[]): string[] => machines.map(({ hostname }) => hostname);
  const { name } = outputs;
  switch (kind) {
    case "ResourcePool":
      return names(foreign.filter(({ pool }) => pool === name));
    case "Zone":
      return names(foreign.filter(({ zone }) => zone === name));
    case "Domain":
      return names(foreign.filter(({ domain }) => domain === name));
    case "Subnet":
      return keeping.flatMap(({ hostname, observed }) =>
        observed.interface_set
          .filter(({ links }) =>
            links.some(({ subnet, mode }) => subnet?.cidr === outputs["cidr"] && mode !== "link_up"),
          )
          .map((item) => `${hostname} ${item.name}`),
      );
    case "Vlan":
      return keeping.flatMap(({ hostname, interfaces }) =>
        interfaces
          .filter(({ vid, fabric }) => vid === outputs["vid"] && fabric === outputs["fabric"])
          .map((item) => `${hostname} ${item.name}`),
      );
    default:
      return [];
  }
}

const words: Readonly<Record<string, { readonly word: string; readonly path: string; readonly key: string }>> = {
  ResourcePool: { word: "resource pool", path: "hosts", key: "name" },
  Zone: { word: "zone", path: "zones", key: "name" },
  Domain: { word: "domain", path: "domain", key: "name" },
  Subnet: { word: "subnet", path: "networks", key: "cidr" },
  Vlan: { word: "VLAN", path: "networks", key: "vid" },
};

/** MAAS would refuse the deletion, or hand machines to its default zone and drop their links without an error. */
export const removedObjectsFree: SiteRule = {
  code: "OBJ017",
  severity: "error",
  rule: "An object that leaves the description, and that this datacenter created, is not in use any more.",
  checkSite: (datacenter, { maas, recorded }) => {
    if (maas === null || recorded === null || recorded === undefined || datacenter.maas === null) return [];
    const staying = siteResourceNames(datacenter);
    const users = usersOf(datacenter, maas, recorded);
    return recorded.flatMap((object): Hit[] => {
      const { kind, name, origin, outputs } = object;
      const described = words[kind];
      if (described === undefined || origin !== "created" || staying.has(`${kind}/${name}`)) return [];
      const names = usersOfObject(object, users);
      if (names.length === 0) return [];
      return [
        {
          path: described.path,
          message: `the ${described.word} ${String(outputs[described.key])} leaves the description but is still in use: ${listNames(names)}`,
          fix: "Describe it until they have left it, or move them to another one in MAAS first.",
        },
      ];
    });
  },
};
