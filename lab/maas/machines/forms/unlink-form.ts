import type { Parameters } from "../../server/route";
import { findInterface, type NetworkContext } from "../network/network-context";
import type { OpenInterface } from "../network/open-interface";
import { unlinkAddress } from "../network/unlink-address";
import { invalidChoice, REQUIRED } from "./fields";
import { FormErrors } from "./form-errors";

/**
 * Takes a link off an interface (`unlink_subnet`); the last one leaves a LINK_UP.
 *
 * @throws MaasRefusal 400 when the id is none of the interface's links.
 */
export function unlinkForm(context: NetworkContext, form: Parameters, open: OpenInterface): void {
  if (open.id === null) return;
  const ids = (findInterface(context, open.id)?.addresses ?? []).map((address) => address.id);
  const raw = form.get("id") ?? "";
  const chosen = ids.find((id) => String(id) === raw);
  if (chosen !== undefined) {
    unlinkAddress(context, open, chosen, false);
    return;
  }
  const errors = new FormErrors();
  errors.add("id", raw === "" ? REQUIRED : invalidChoice(raw, "id", ids));
  throw errors.refusal();
}
