import type { Parameters } from "../../server/route";
import { findInterface, type NetworkContext } from "../network/network-context";
import type { OpenInterface } from "../network/open-interface";
import { checkParentsFree, checkParentsGiven, inheritMac, inheritVlan } from "./child-fields";
import { choiceField, integerField } from "./fields";
import {
  checkLinkSpeed,
  fillColumns,
  readInterfaceForm,
  setCommonParameters,
  type InterfaceFieldRules,
  type InterfaceForm,
} from "./interface-fields";
import { setKindParameters, type KindParameter } from "./kind-parameters";
import { saveInterfaceForm } from "./save-interface-form";

const RULES: InterfaceFieldRules = { nameRequired: true, hasMac: true, macRequired: false };
const MODES = ["balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb"];
const LACP_RATES = ["fast", "slow"];
const HASH_POLICIES = ["layer2", "layer2+3", "layer3+4", "encap2+3", "encap3+4"];

/** The bond's own parameters. What a new bond gets when they are not sent differs from the documentation. */
function readParameters(form: InterfaceForm): KindParameter[] {
  const number = (key: string, initial: number, max?: number): KindParameter => ({
    key,
    value: integerField(form.errors, key, form.form.get(key), { min: 0, ...(max === undefined ? {} : { max }) }),
    initial,
  });
  const choice = (key: string, choices: readonly [string, ...string[]] | string[]): KindParameter => ({
    key,
    value: choiceField(form.errors, key, form.form.get(key), choices),
    initial: choices[0] ?? "",
  });
  return [
    choice("bond_mode", MODES),
    number("bond_miimon", 100),
    number("bond_downdelay", 0),
    number("bond_updelay", 0),
    number("bond_num_grat_arp", 1, 255),
    choice("bond_lacp_rate", LACP_RATES),
    choice("bond_xmit_hash_policy", HASH_POLICIES),
  ];
}

/** A new bond's members must all be on the bond's VLAN (all disconnected will do); later ones are moved to it. */
function checkSameVlan(form: InterfaceForm): void {
  if (!form.creating) return;
  const same = form.parents.every((id) => (findInterface(form.context, id)?.vlanId ?? null) === form.vlanId);
  if (!same) form.errors.add("parents", "All parents must belong to the same VLAN.");
}

/**
 * Creates or changes a bond.
 *
 * @param open The bond to change; absent when one is to be made.
 * @throws MaasRefusal 400 with the faults by field.
 */
export function bondForm(context: NetworkContext, form: Parameters, open?: OpenInterface): number {
  const read = readInterfaceForm(context, open ?? "bond", form, RULES);
  const parameters = readParameters(read);
  checkParentsGiven(read);
  if (checkLinkSpeed(read) && read.errors.clear("parents")) {
    inheritMac(read);
    checkParentsFree(read, false);
    inheritVlan(read);
    checkSameVlan(read);
  }
  fillColumns(read, RULES);
  if (!read.errors.empty) throw read.errors.refusal();
  return saveInterfaceForm(read, (done) => {
    setCommonParameters(done);
    setKindParameters(done, parameters);
  });
}
