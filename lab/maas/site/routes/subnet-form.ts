import { Form, NO_SUCH_CHOICE } from "../../server/form";
import { refusal } from "../../server/refusal";
import type { Parameters } from "../../server/route";
import type { Store } from "../../store";
import { formatNetwork, networkHolds, parseAddress, parseNetwork, type Network } from "../address";
import { bootMethod } from "../boot-methods";
import { defaultVlanId, fabricDefaultVlan, vlansOf } from "../defaults";
import { notAnAddress, splitAddresses } from "../ip-list";
import type { FabricRecord, SubnetRecord, VlanRecord } from "../model";
import { checkName, SUBNET_NAME } from "../names";

/** What a subnet becomes; only what was sent (or follows from it) is there. */
export type SubnetChanges = Partial<Omit<SubnetRecord, "id">>;

const LINK_LOCAL = parseNetwork("fe80::/10") as Network;

function readCidr(form: Form): { text?: string; network?: Network } {
  const text = form.required("cidr");
  if (text === undefined) return {};
  const network = parseNetwork(text);
  if (network === undefined) form.add("cidr", "Required format: <network>/<prefixlen>.");
  else if (network.prefix === 0) form.add("cidr", "Prefix length must be greater than 0.");
  return network === undefined ? { text } : { text, network };
}

function byId<T extends { id: number }>(form: Form, field: string, records: readonly T[]): T | undefined {
  const text = form.text(field);
  if (text === undefined || text === "") return undefined;
  const found = records.find((record) => String(record.id) === text);
  if (found === undefined) form.add(field, NO_SUCH_CHOICE);
  return found;
}

function vlanOfFabric(form: Form, store: Store, fabric: FabricRecord, vid: number, where: string): number | undefined {
  const vlan = vlansOf(store, fabric.id).find((candidate) => candidate.vid === vid);
  if (vlan === undefined) form.add("vid", `No VLAN with vid ${vid} in ${where}.`);
  return vlan?.id;
}

/** The VLAN of a new subnet: given, by fabric and vid, or the default one of the fabric. */
function readNewVlan(
  form: Form,
  store: Store,
  { fabric, vid, vlan }: { fabric?: FabricRecord | undefined; vid: number; vlan?: VlanRecord | undefined },
): number | undefined {
  if (fabric === undefined && vlan === undefined) {
    if (vid === 0) return defaultVlanId(store);
    const standard = store.site.fabrics.find((candidate) => candidate.id === store.site.defaults.fabricId);
    return standard && vlanOfFabric(form, store, standard, vid, "default fabric");
  }
  if (fabric === undefined) return vlan?.id;
  if (vlan === undefined) {
    if (vid === 0) return fabricDefaultVlan(store, fabric.id).id;
    return vlanOfFabric(form, store, fabric, vid, `fabric name=${fabric.name}`);
  }
  if (vlan.fabricId !== fabric.id) {
    const own = store.site.fabrics.find((candidate) => candidate.id === vlan.fabricId)?.name ?? "";
    form.add("vlan", `VLAN ${own}.${vlan.name ?? "None"} is not in fabric name=${fabric.name}.`);
  }
  return vlan.id;
}

function readDnsServers(form: Form, parameters: Parameters): string[] | undefined {
  if (!form.has("dns_servers")) return undefined;
  if (form.text("dns_servers") === "") return [];
  const servers: string[] = [];
  for (const value of parameters.getAll("dns_servers")) {
    const { addresses, bad } = splitAddresses(value);
    if (bad !== undefined) {
      form.add("__all__", notAnAddress(bad));
      return undefined;
    }
    servers.push(...addresses);
  }
  return servers;
}

function checkGateway(form: Form, gateway: string | null, network: Network | undefined): void {
  const address = gateway === null || gateway === "" ? undefined : parseAddress(gateway);
  if (address === undefined) return;
  // The real server computes with the network before it looks at its errors.
  if (network === undefined) throw refusal(500, "invalid IPNetwork ");
  if (networkHolds(network, address)) return;
  if (network.version === 6 && networkHolds(LINK_LOCAL, address)) return;
  form.add("gateway_ip", "Gateway IP must be within CIDR range.");
}

/** Unlike other flags these two take only `true`, `t` and `1` (in any case) for true. */
function strictFlag(form: Form, field: string): boolean | undefined {
  const text = form.text(field);
  return text === undefined ? undefined : ["true", "t", "1"].includes(text.toLowerCase());
}

function readName(form: Form, cidrText: string | undefined, subnet?: SubnetRecord): string | undefined {
  const sent = form.text("name");
  checkName(form, sent, { maxLength: 255, pattern: SUBNET_NAME, model: "Subnet" });
  if (subnet === undefined) return sent === undefined || sent === "" ? cidrText : sent;
  if (sent === "") return cidrText ?? subnet.cidr;
  // A subnet that is named after its CIDR is renamed with it.
  const follows = (sent ?? subnet.name) === subnet.name && subnet.name === subnet.cidr;
  return follows ? (cidrText ?? sent) : sent;
}

function readBootArchitectures(form: Form): string[] | undefined {
  const texts = form.text("disabled_boot_architectures")?.split(/[,\s]+/);
  const methods = (texts ?? []).flatMap((text) => {
    const method = bootMethod(text);
    if (method === undefined && text !== "") {
      form.add("disabled_boot_architectures", `Unknown boot architecture ${text}`);
    }
    return method === undefined ? [] : [method];
  });
  return texts === undefined ? undefined : [...new Set(methods)];
}

function readFlags(form: Form): SubnetChanges {
  const allowDns = strictFlag(form, "allow_dns");
  const allowProxy = strictFlag(form, "allow_proxy");
  const managed = form.checkbox("managed");
  const activeDiscovery = form.checkbox("active_discovery");
  return {
    ...(allowDns !== undefined && { allowDns }),
    ...(allowProxy !== undefined && { allowProxy }),
    ...(managed !== undefined && { managed }),
    ...(activeDiscovery !== undefined && { activeDiscovery }),
  };
}

/** Reads the fields of a subnet (new without `subnet`) and refuses with the texts of the real server. */
export function readSubnet(parameters: Parameters, store: Store, subnet?: SubnetRecord): SubnetChanges {
  const form = new Form(parameters, subnet !== undefined);
  const { text, network } = readCidr(form);
  const cidr = network && formatNetwork(network);
  const name = readName(form, text, subnet);
  const sentVlan = byId(form, "vlan", store.site.vlans);
  const fabric = byId(form, "fabric", store.site.fabrics);
  const vid = form.integer("vid", { min: 0, max: 4094 }) ?? 0;
  // A present subnet takes a VLAN by id only; fabric and vid are looked at and have no effect.
  const vlanId = subnet === undefined ? readNewVlan(form, store, { fabric, vid, vlan: sentVlan }) : sentVlan?.id;
  const gateway = form.address("gateway_ip");
  const dnsServers = readDnsServers(form, parameters);
  const disabledBootArchitectures = readBootArchitectures(form);
  const rdnsMode = form.choice("rdns_mode", ["0", "1", "2"]);
  if (form.has("space")) {
    form.add("space", "Spaces may no longer be set on subnets. Set the space on the underlying VLAN.");
  }
  if (!form.failed("gateway_ip")) {
    const effective = form.failed("cidr") ? undefined : (network ?? (subnet && parseNetwork(subnet.cidr)));
    checkGateway(form, gateway ?? subnet?.gatewayIp ?? null, effective);
  }
  if (cidr !== undefined && !form.failed("cidr")) {
    const taken = store.site.subnets.some((other) => other !== subnet && other.cidr === cidr);
    if (taken) form.add("cidr", "Subnet with this Cidr already exists.");
  }
  form.finish();
  const description = form.text("description");
  return {
    ...(cidr !== undefined && { cidr }),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(vlanId !== undefined && { vlanId }),
    ...(gateway !== undefined && { gatewayIp: gateway === "" ? null : gateway }),
    ...(dnsServers !== undefined && { dnsServers }),
    ...(disabledBootArchitectures !== undefined && { disabledBootArchitectures }),
    ...(rdnsMode !== undefined && rdnsMode !== "" && { rdnsMode: Number(rdnsMode) }),
    ...readFlags(form),
  };
}
