import type { Parameters } from "../../server/route";
import { detachAddress, linksOf } from "../network/addresses";
import { ensureLinkUp } from "../network/ensure-link-up";
import { findInterface, type NetworkContext } from "../network/network-context";
import { openInterface } from "../network/open-interface";
import { saveInterface } from "../network/save-interface";
import { readBridge } from "./read-bridge";
import { saveInterfaceForm } from "./save-interface-form";

/**
 * Creates a bridge on an Allocated machine: unlike other bridges it takes its parent's links over, with their ids, and it
 * vanishes when the machine is released.
 *
 * @throws MaasRefusal 400 with the faults by field.
 */
export function acquiredBridgeForm(context: NetworkContext, form: Parameters): number {
  const { read, setParameters } = readBridge(context, form, undefined, { parents: "parent" });
  const taken = read.parents.flatMap((parent) => linksOf(context, parent).map((link) => ({ parent, link })));
  for (const { parent, link } of taken) detachAddress(context, parent, link.id);
  const id = saveInterfaceForm(read, setParameters);
  const open = openInterface(context, id);
  open.columns.acquired = true;
  saveInterface(context, open);
  findInterface(context, id)?.addresses.push(...taken.map(({ link }) => link));
  ensureLinkUp(context, open);
  return id;
}
