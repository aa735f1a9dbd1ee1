import { ApiError, InputError } from "../dynamic/errors";
import type { MaasClient } from "./client/client";
import type { MachineAnswer } from "./client/machine-types";
import type { Call } from "./host-network/call";

/** MAAS's refusal of one call of a plan, with what it does not say: which interface, and who is in the way. */
export async function explainNetworkRefusal(
  client: MaasClient,
  machine: MachineAnswer,
  call: Call,
  failure: ApiError,
): Promise<Error> {
  const who = `machine ${machine.hostname} (${machine.system_id})`;
  const what = describeCall(call);
  // MAAS answers 404, not 400, for an address that is taken.
  if (failure.status === 404 && /already in use/i.test(failure.message) && call.operation === "link_subnet") {
    const holder = call.ipAddress === undefined ? undefined : await holderOf(client, call.ipAddress);
    return new InputError(
      `${what} of ${who}: the address ${call.ipAddress ?? ""} is in use${holder === undefined ? " in MAAS" : ` by ${holder}`}. ` +
        "Choose another one, or free it there.",
      `interfaces.${call.interface}.links`,
    );
  }
  if (failure.status === 403) {
    return new InputError(
      `${what} of ${who}: MAAS refuses it without a word, which it does for a locked machine. Unlock it first: maas PROFILE machine unlock ${machine.system_id}`,
      "machine",
    );
  }
  const { advice, detail, ...rest } = failure.failure;
  return new ApiError({ ...rest, detail: `${what} of ${who}: ${detail}`, ...(advice === undefined ? {} : { advice }) });
}

function describeCall(call: Call): string {
  switch (call.operation) {
    case "create_bond":
      return `creating bond ${call.name} of ${call.parents.join(", ")}`;
    case "create_bridge":
      return `creating bridge ${call.name} on ${call.parent}`;
    case "create_vlan":
      return `creating VLAN interface ${call.name} on ${call.parent}`;
    case "update":
      return `changing ${call.interface}`;
    case "delete":
      return `deleting ${call.interface}`;
    case "link_subnet":
      return `linking ${call.interface} to ${call.subnet ?? "no subnet"}`;
    case "remove_all_links":
      return `taking the links off ${call.interface}`;
    case "unlink_subnet":
      return `unlinking ${call.interface} from ${call.subnet ?? "no subnet"}`;
    case "set_default_gateway":
      return `making ${call.interface} the default gateway`;
    case "clear_default_gateways":
      return "clearing the default gateway";
  }
}

/** The machine and interface that hold an address. */
async function holderOf(client: MaasClient, address: string): Promise<string | undefined> {
  for (const machine of await client.machines.list(0)) {
    const holder = machine.interface_set.find((item) => item.links.some((held) => held.ip_address === address));
    if (holder !== undefined) return `${holder.name} of ${machine.hostname}`;
  }
  return undefined;
}
