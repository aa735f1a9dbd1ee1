import type { Parameters } from "../../server/route";
import type { NetworkContext } from "../network/network-context";
import type { OpenInterface } from "../network/open-interface";
import { readBridge } from "./read-bridge";
import { saveInterfaceForm } from "./save-interface-form";

/**
 * Creates or changes a bridge.
 *
 * @param open The bridge to change; absent when one is to be made.
 * @throws MaasRefusal 400 with the faults by field; of a new bridge under `parent`, as the API names it there.
 */
export function bridgeForm(context: NetworkContext, form: Parameters, open?: OpenInterface): number {
  const { read, setParameters } = readBridge(context, form, open, open === undefined ? { parents: "parent" } : {});
  return saveInterfaceForm(read, setParameters);
}
