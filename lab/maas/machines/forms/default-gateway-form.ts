import type { Parameters } from "../../server/route";
import type { AddressRecord } from "../model";
import { findInterface, type NetworkContext } from "../network/network-context";
import { addressFamily, subnetById } from "../network/subnets";
import { invalidChoice } from "./fields";
import { FormErrors } from "./form-errors";

interface Gateway {
  link: AddressRecord;
  ip: string;
  family: 4 | 6;
}

/** Links of an interface whose subnet has a gateway. */
function gatewaysOf(context: NetworkContext, interfaceId: number): Gateway[] {
  const addresses = findInterface(context, interfaceId)?.addresses ?? [];
  return addresses.flatMap((link) => {
    const usable = ["auto", "sticky", "dhcp"].includes(link.allocationType);
    if (!usable || link.subnetId === null) return [];
    const subnet = subnetById(context.store, link.subnetId);
    if (subnet.gatewayIp === null || subnet.gatewayIp === "") return [];
    return [{ link, ip: subnet.gatewayIp, family: addressFamily(subnet.cidr) }];
  });
}

function setGateway(context: NetworkContext, gateway: Gateway | undefined): void {
  if (gateway === undefined) return;
  if (gateway.family === 4) context.machine.gatewayLinkIpv4Id = gateway.link.id;
  else context.machine.gatewayLinkIpv6Id = gateway.link.id;
}

/**
 * Makes a link of an interface the machine's default gateway (`set_default_gateway`): the one named, else the first of
 * each address family.
 *
 * @throws MaasRefusal 400 when there is none, or several and none was named.
 */
export function defaultGatewayForm(context: NetworkContext, form: Parameters, interfaceId: number): void {
  const gateways = gatewaysOf(context, interfaceId);
  const errors = new FormErrors();
  const raw = form.get("link_id") ?? "";
  const named = gateways.find((gateway) => String(gateway.link.id) === raw);
  if (raw !== "" && named === undefined) {
    const ids = gateways.map((gateway) => gateway.link.id);
    errors.add("link_id", invalidChoice(raw, "link_id", ids));
  }
  if (gateways.length === 0) errors.add("__all__", "This interface has no usable gateways.");
  else if (named === undefined) {
    const crowded = ([4, 6] as const).filter(
      (family) => new Set(gateways.filter((each) => addressFamily(each.ip) === family).map(({ ip }) => ip)).size > 1,
    );
    if (crowded.length > 0) {
      const families = crowded.map((family) => `IPv${family}`).join(" and ");
      const plural = crowded.length > 1 ? "s" : "";
      errors.add("link_id", `This field is required; Interface has more than one usable ${families} gateway${plural}.`);
    }
  }
  if (!errors.empty) throw errors.refusal();
  if (named !== undefined) setGateway(context, named);
  else
    for (const family of [4, 6] as const)
      setGateway(
        context,
        gateways.find((each) => each.family === family),
      );
}
