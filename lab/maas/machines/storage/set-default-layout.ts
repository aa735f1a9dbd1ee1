import type { JsonValue } from "../../json";
import type { Parameters } from "../../server/route";
import { bootDisk, type StorageContext } from "./storage-context";
import { setStorageLayout } from "./set-storage-layout";

/** Lays the disks out as the site's setting says; a machine without disks stays without a layout. */
export function setDefaultLayout(context: StorageContext, layout: JsonValue): void {
  if (bootDisk(context.machine) === undefined) return;
  const name = typeof layout === "string" ? layout : "flat";
  const form: Parameters = {
    get: (key) => (key === "storage_layout" ? name : undefined),
    getAll: (key) => (key === "storage_layout" ? [name] : []),
    has: (key) => key === "storage_layout",
    entries: () => [["storage_layout", name]],
  };
  setStorageLayout(context, form);
}
