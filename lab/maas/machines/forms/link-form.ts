import type { Parameters } from "../../server/route";
import { cidrContains, compareAddresses, normaliseAddress } from "../../site/address";
import { findSubnets } from "../../site/find-subnet";
import type { SubnetRecord } from "../../site/model";
import type { AddressRecord } from "../model";
import { linksOf, type LinkMode } from "../network/addresses";
import { childrenOf, findInterface, type NetworkContext } from "../network/network-context";
import { linkSubnet } from "../network/link-subnet";
import type { OpenInterface } from "../network/open-interface";
import { addressFamily, subnetLabel } from "../network/subnets";
import { unlinkAddress } from "../network/unlink-address";
import { checkboxField, invalidChoice, NO_SUCH_CHOICE, REQUIRED } from "./fields";
import { flagParameter } from "./flag-parameter";
import { FormErrors } from "./form-errors";

const MODES: readonly LinkMode[] = ["auto", "dhcp", "static", "link_up"];

interface LinkRequest {
  mode: LinkMode | null;
  subnet: SubnetRecord | null;
  ip: string | null;
  defaultGateway: boolean;
  force: boolean;
}

/** The subnet named by id, cidr, name or specifier, among those of the interface's VLAN unless forced. */
function subnetField(
  context: NetworkContext,
  errors: FormErrors,
  raw: string | undefined,
  vlanId: number | null,
): SubnetRecord | null {
  if (raw === undefined || raw === "") return null;
  const reachable = (subnet: SubnetRecord): boolean => vlanId === null || subnet.vlanId === vlanId;
  const numbered = /^\s*(?:subnet-)?(\d+)\s*$/.exec(raw)?.[1];
  if (numbered !== undefined) {
    const subnet = context.store.site.subnets.find((each) => each.id === Number(numbered));
    if (subnet !== undefined && reachable(subnet)) return subnet;
    errors.add("subnet", `None found with id=${raw}.`);
    return null;
  }
  const found = findSubnets(context.store, raw).filter(reachable);
  if (found.length > 1) errors.add("subnet", "Too many Subnet objects match the given query.");
  else if (found[0] === undefined) errors.add("subnet", NO_SUCH_CHOICE);
  else return found[0];
  return null;
}

function addressField(errors: FormErrors, raw: string | undefined): string | null {
  if (raw === undefined || raw.trim() === "") return null;
  const address = normaliseAddress(raw.trim());
  if (address === undefined) errors.add("ip_address", "Enter a valid IPv4 or IPv6 address.");
  return address ?? null;
}

function modeField(errors: FormErrors, raw: string | undefined): LinkMode | null {
  if (raw === undefined || raw === "") {
    errors.add("mode", REQUIRED);
    return null;
  }
  const mode = MODES.find((each) => each === raw.toLowerCase());
  if (mode === undefined) errors.add("mode", invalidChoice(raw.toLowerCase(), "mode", MODES));
  return mode ?? null;
}

function checkStatic(context: NetworkContext, errors: FormErrors, request: LinkRequest): void {
  const { subnet, ip } = request;
  if (subnet === null) {
    errors.add("subnet", REQUIRED);
    return;
  }
  if (ip === null) return;
  if (!cidrContains(subnet.cidr, ip)) {
    errors.add("ip_address", `IP address is not in the given subnet '${subnetLabel(context.store, subnet)}'.`);
  }
  const range = context.store.site.ipRanges.find(
    (each) =>
      each.subnetId === subnet.id &&
      each.type === "dynamic" &&
      compareAddresses(each.startIp, ip) <= 0 &&
      compareAddresses(ip, each.endIp) <= 0,
  );
  if (range !== undefined) {
    errors.add("ip_address", `IP address is inside a dynamic range ${range.startIp} to ${range.endIp}.`);
  }
}

/** A LINK_UP, or what is left of a discovered address. */
function isPlaceholder(address: AddressRecord): boolean {
  return address.ip === null && (address.allocationType === "sticky" || address.allocationType === "discovered");
}

function checkMode(context: NetworkContext, errors: FormErrors, request: LinkRequest, interfaceId: number): void {
  const addresses = findInterface(context, interfaceId)?.addresses ?? [];
  switch (request.mode) {
    case "auto":
      if (request.subnet === null) errors.add("subnet", REQUIRED);
      break;
    case "dhcp": {
      const dhcp = addresses.find((link) => link.allocationType === "dhcp");
      const seen = context.store.site.subnets.find((subnet) => subnet.id === dhcp?.subnetId);
      if (seen !== undefined) {
        errors.add("mode", `Interface is already set to DHCP from '${subnetLabel(context.store, seen)}'.`);
      } else if (dhcp !== undefined) errors.add("mode", "Interface is already set to DHCP.");
      break;
    }
    case "static":
      checkStatic(context, errors, request);
      break;
    case "link_up":
      // An address that commissioning saw counts as a link here, as in MAAS.
      if (!request.force && addresses.some((address) => !isPlaceholder(address))) {
        errors.add(
          "mode",
          "Cannot configure interface to link up (with no IP address) while other links are already configured. " +
            "Specify force=True to override this behavior and delete all links.",
        );
      }
      break;
    case null:
      break;
  }
}

function checkGateway(context: NetworkContext, errors: FormErrors, request: LinkRequest): void {
  const { mode, subnet } = request;
  if (!request.defaultGateway || mode === null) return;
  if (mode !== "auto" && mode !== "static") errors.add("default_gateway", `Cannot use in mode '${mode}'.`);
  else if (subnet === null) errors.add("default_gateway", "Subnet is required when default_gateway is True.");
  else if (subnet.gatewayIp === null || subnet.gatewayIp === "") {
    const label = subnetLabel(context.store, subnet);
    errors.add(
      "default_gateway",
      `Cannot set as default gateway because subnet ${label} doesn't provide a gateway IP address.`,
    );
  }
}

/** Refuses a link on a bond's member. A bridge's port is not refused. */
function checkNotBonded(context: NetworkContext, errors: FormErrors, interfaceId: number): void {
  for (const child of childrenOf(context, interfaceId)) {
    const bond = findInterface(context, child);
    if (bond?.type !== "bond") continue;
    const name = findInterface(context, interfaceId)?.name ?? "";
    errors.add("bond", `Cannot link interface(${name}) when interface is in a bond(${bond.name}).`);
  }
}

/**
 * Links an interface to a subnet (`link_subnet`).
 *
 * @throws MaasRefusal 400 with the faults by field; 404 when a static address is in use.
 */
export function linkForm(context: NetworkContext, form: Parameters, open: OpenInterface): void {
  const force = flagParameter(form, "force", false);
  if (open.id === null) return;
  const errors = new FormErrors();
  const request: LinkRequest = {
    subnet: subnetField(context, errors, form.get("subnet"), force ? null : open.columns.vlanId),
    ip: addressField(errors, form.get("ip_address")),
    defaultGateway: checkboxField(form.get("default_gateway")),
    mode: modeField(errors, form.get("mode")),
    force,
  };
  checkNotBonded(context, errors, open.id);
  checkMode(context, errors, request, open.id);
  checkGateway(context, errors, request);
  const { mode, subnet } = request;
  if (!errors.empty || mode === null) throw errors.refusal();
  if (mode === "link_up" || force) {
    for (const link of linksOf(context, open.id)) unlinkAddress(context, open, link.id, true);
  }
  if (force && subnet !== null) open.columns.vlanId = null;
  const link = linkSubnet(context, open, mode, subnet?.id ?? null, request.ip);
  if (!request.defaultGateway || subnet === null) return;
  if (addressFamily(subnet.cidr) === 4) context.machine.gatewayLinkIpv4Id = link.id;
  else context.machine.gatewayLinkIpv6Id = link.id;
}
