import { refusal } from "../../server/refusal";
import type { Parameters } from "../../server/route";
import { invalidChoice, REQUIRED } from "../forms/fields";
import { FormErrors } from "../forms/form-errors";
import { bcacheLayout, readCacheForm } from "./bcache-layout";
import { clearStorage } from "./clear-storage";
import { flatLayout } from "./flat-layout";
import { readLayoutForm, type LayoutForm } from "./layout-form";
import { lvmLayout, readLogicalVolumeSize } from "./lvm-layout";
import type { StorageContext } from "./storage-context";
import { checkVmfsDisk, VMFS6, VMFS7, vmfsLayout } from "./vmfs-layout";

const LAYOUTS = ["bcache", "blank", "custom", "flat", "lvm", "vmfs6", "vmfs7"] as const;

type Layout = (typeof LAYOUTS)[number];

/** Checks a layout's own fields; what it answers applies the layout to wiped disks. */
function prepare(layout: LayoutForm, name: Layout): () => void {
  switch (name) {
    case "flat":
      return () => flatLayout(layout);
    case "lvm": {
      const size = readLogicalVolumeSize(layout);
      return () => lvmLayout(layout, size);
    }
    case "bcache": {
      const cache = readCacheForm(layout);
      return () => bcacheLayout(layout, cache);
    }
    case "vmfs6":
    case "vmfs7": {
      const image = name === "vmfs6" ? VMFS6 : VMFS7;
      checkVmfsDisk(layout, image);
      return () => vmfsLayout(layout, image);
    }
    case "custom":
      return () => {
        throw refusal(400, "Failed to configure storage layout 'custom': No custom storage layout configuration found");
      };
    case "blank":
      return () => undefined;
  }
}

/**
 * Wipes a machine's storage configuration and lays it out anew.
 *
 * @throws MaasRefusal 400 with the faults by field, or as text when the machine cannot have the layout.
 */
export function setStorageLayout(context: StorageContext, form: Parameters): void {
  const raw = form.get("storage_layout") ?? "";
  const name = LAYOUTS.find((each) => each === raw);
  if (name === undefined) {
    const errors = new FormErrors();
    errors.add("storage_layout", raw === "" ? REQUIRED : invalidChoice(raw, "storage_layout", LAYOUTS));
    throw errors.refusal();
  }
  const layout = readLayoutForm(context, form);
  const apply = prepare(layout, name);
  if (!layout.errors.empty) throw layout.errors.refusal();
  clearStorage(context.machine);
  apply();
}
