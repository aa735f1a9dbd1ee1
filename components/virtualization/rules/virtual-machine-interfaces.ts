import { at, listAt, textAt } from "./tree";
import { repeated } from "./virtual-machine-devices";

const namePattern = /^[A-Za-z0-9-_]+$/;
const bindings = ["bridge", "masquerade", "sriov", "macvtap", "passt", "slirp", "binding"];

/** What KubeVirt 1.5 refuses in the interfaces and networks of a VM (pkg/network/admitter). Fields are below the VM's `template.spec`. */
export function interfaceProblems(machine: unknown): string[] {
  const interfaces = listAt(machine, "domain", "devices", "interfaces");
  const networks = listAt(machine, "networks");
  const interfaceNames = interfaces.map((one) => textAt(one, "name"));
  const networkNames = networks.map((network) => textAt(network, "name"));
  const pods = networks.filter((network) => at(network, "pod") !== undefined);
  return [
    ...interfaces.flatMap((one, index) => bindingProblems(one, `domain.devices.interfaces[${index}]`, networks)),
    ...networks.flatMap((network, index) => networkProblems(network, `networks[${index}]`, interfaceNames)),
    ...repeated(interfaceNames).map((name) => `domain.devices.interfaces: "${name}" is there twice`),
    ...repeated(networkNames).map((name) => `networks: "${name}" is there twice`),
    ...(pods.length > 1 ? ["networks: a VM has one pod network at most"] : []),
  ];
}

function bindingProblems(one: unknown, field: string, networks: readonly unknown[]): string[] {
  const name = textAt(one, "name") ?? "";
  const network = networks.find((candidate) => textAt(candidate, "name") === name);
  const given = bindings.filter((binding) => at(one, binding) !== undefined);
  const masquerades = given.includes("masquerade");
  return [
    ...(namePattern.test(name) ? [] : [`${field}.name: "${name}" may hold letters, digits, "-" and "_"`]),
    ...(network === undefined ? [`${field}: there is no network "${name}"`] : []),
    ...(given.length > 1 ? [`${field}: has the bindings ${given.join(" and ")}; one at most`] : []),
    ...(masquerades && network !== undefined && at(network, "pod") === undefined
      ? [`${field}.masquerade: is only for the pod network; use bridge`]
      : []),
    ...(masquerades && textAt(one, "macAddress") === "02:00:00:00:00:00"
      ? [`${field}.macAddress: 02:00:00:00:00:00 is the one that KubeVirt uses for masquerade itself`]
      : []),
  ];
}

function networkProblems(network: unknown, field: string, interfaces: readonly (string | undefined)[]): string[] {
  const name = textAt(network, "name");
  const kinds = ["pod", "multus"].filter((kind) => at(network, kind) !== undefined);
  return [
    ...(interfaces.includes(name) ? [] : [`${field}: no interface is on "${name ?? ""}"`]),
    ...(kinds.length === 1 ? [] : [`${field}: must be either pod or multus`]),
    ...(kinds.includes("multus") && !/^([^/]+\/)?[^/]+$/.test(textAt(network, "multus", "networkName") ?? "")
      ? [`${field}.multus.networkName: must be "name" or "namespace/name"`]
      : []),
  ];
}
