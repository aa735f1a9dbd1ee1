import { fieldErrors, refusal } from "../../server/refusal";
import type { Parameters } from "../../server/route";
import { invalidChoice } from "../forms/fields";
import { flagParameter } from "../forms/flag-parameter";
import type { AllocationOptions } from "../lifecycle/acquire";

const BRIDGE_TYPES = ["standard", "ovs"];

/**
 * Reads what goes with an allocation or deployment.
 *
 * @throws MaasRefusal 400 when a value is none.
 */
export function readAllocationOptions(form: Parameters, user: string): AllocationOptions & { ephemeral: boolean } {
  const ephemeral = flagParameter(form, "ephemeral_deploy", false);
  const hosts = flagParameter(form, "install_kvm", false) || flagParameter(form, "register_vmhost", false);
  const bridgeAll = flagParameter(form, "bridge_all", hosts && !ephemeral);
  const type = form.get("bridge_type") ?? "standard";
  if (!BRIDGE_TYPES.includes(type)) {
    throw fieldErrors({ bridge_type: [invalidChoice(type, "bridge_type", BRIDGE_TYPES)] });
  }
  const stp = flagParameter(form, "bridge_stp", false);
  const fd = (form.get("bridge_fd") ?? "0").trim();
  if (!/^[+-]?\d+$/.test(fd)) throw refusal(400, "Invalid bridge_fd: Please enter an integer value");
  return {
    user,
    agentName: form.get("agent_name") ?? "",
    comment: form.get("comment") ?? "",
    bridges: bridgeAll ? { type, stp, fd: Number(fd) } : null,
    ephemeral,
  };
}
