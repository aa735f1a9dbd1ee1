import type { Parameters } from "../../server/route";
import type { Store } from "../../store";
import { REQUIRED } from "./fields";
import type { FormErrors } from "./form-errors";

const MAC =
  /^([0-9a-fA-F]{1,2}:){5}[0-9a-fA-F]{1,2}$|^([0-9a-fA-F]{1,2}-){5}[0-9a-fA-F]{1,2}$|^([0-9a-fA-F]{3,4}\.){2}[0-9a-fA-F]{3,4}$/;

/** How many faults a summary names. */
const NAMED = 10;

/** A MAC address in the way MAAS keeps it: lower case, pairs with colons. */
function normaliseMac(mac: string): string {
  const tokens = mac.toLowerCase().split(/[-:.]/);
  const pairs =
    tokens.length === 3
      ? tokens.flatMap((token) => token.padStart(4, "0").match(/../g) ?? [])
      : tokens.map((token) => token.padStart(2, "0"));
  return pairs.join(":");
}

function inUse(store: Store, mac: string): string | undefined {
  const owner = store.machines.find((machine) =>
    machine.interfaces.some((each) => each.macAddress?.toLowerCase() === mac.toLowerCase()),
  );
  return owner === undefined ? undefined : `MAC address ${mac} already in use on ${owner.hostname}.`;
}

/** Reads the MAC addresses of a machine that is to be made; none where one is at fault. */
export function readMacs(store: Store, errors: FormErrors, form: Parameters): string[] {
  const sent = form.getAll("mac_addresses").filter((mac) => mac !== "");
  const malformed = sent.filter((mac) => !MAC.test(mac.trim())).map((mac) => `'${mac}' is not a valid MAC address.`);
  const macs = malformed.length > 0 ? [] : sent.map((mac) => normaliseMac(mac.trim()));
  const taken = macs.map((mac) => inUse(store, mac)).filter((text) => text !== undefined);
  const faults = malformed.length > 0 ? malformed : taken;
  if (sent.length === 0 && form.get("power_type") !== "ipmi") errors.add("mac_addresses", REQUIRED);
  if (faults.length === 0) return macs;
  const more = faults.length - NAMED;
  const rest = more > 0 ? ` and ${more} more error${more > 1 ? "s" : ""}` : "";
  const summary = `One or more MAC addresses is invalid. (${faults.slice(0, NAMED).join(" — ")}${rest})`;
  errors.add("mac_addresses", ...(sent.length > 1 ? [summary] : faults));
  return [];
}
