import type { ObjectKindName } from "../../../providers/kubernetes/object-kinds";
import { type ObjectPlace, placeText } from "../../../providers/kubernetes/object-place";

/** A virtual machine (`namespace/name`) and the objects without which it would not start. */
export interface MachineNeeds {
  machine: string;
  needs: readonly ObjectPlace[];
}

/** Names in one message; a cluster may hold thousands of virtual machines. */
const named = 20;

/** What is to be put back so that an object stays. */
const origin: Partial<Record<ObjectKindName, string>> = {
  NetworkAttachmentDefinition: "put the network back into virtualization.networks",
  Secret:
    "put back what made it: the template, the namespace in virtualization.virtualMachineNamespaces, or the password",
  ConfigMap: "put back what made it: a Windows template, or the namespace in virtualization.virtualMachineNamespaces",
  VirtualMachineClusterPreference: "put it back into virtualization.preferences",
  VirtualMachineClusterInstancetype: "put it back into virtualization.instanceTypes",
};

/** What virtual machines need and the description does not have, whoever made it. */
export function neededButNotDescribed(
  described: readonly ObjectPlace[],
  machines: readonly MachineNeeds[],
): ObjectPlace[] {
  const known = new Set(described.map(placeText));
  return machines.flatMap(({ needs }) => needs.filter((place) => !known.has(placeText(place))));
}

/**
 * Objects that would be taken away from under virtual machines, one line each. A machine that is running goes on; after its next start or migration it
 * would not start again.
 *
 * @param going objects that this program made and the description no longer has
 */
export function removedObjectProblems(going: readonly ObjectPlace[], machines: readonly MachineNeeds[]): string[] {
  return going.flatMap((object) => {
    const text = placeText(object);
    const users = machines.filter(({ needs }) => needs.some((place) => placeText(place) === text));
    if (users.length === 0) return [];
    const names = users.slice(0, named).map(({ machine }) => machine);
    const rest = users.length > named ? ` and ${users.length - named} more` : "";
    const isNetwork = object.kind === "NetworkAttachmentDefinition";
    const what = isNetwork ? text.replace("NetworkAttachmentDefinition", "network") : text;
    const need = isNetwork
      ? `${users.length === 1 ? "a VM is" : "VMs are"} on it`
      : `${users.length === 1 ? "a VM needs" : "VMs need"} it to start`;
    return [
      `${what} is no longer described, but ${need}: ${names.join(", ")}${rest}. Move or delete them first, or ${origin[object.kind] ?? "put it back"}.`,
    ];
  });
}
