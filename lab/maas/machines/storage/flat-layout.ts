import { basicLayout } from "./basic-layout";
import type { LayoutForm } from "./layout-form";
import { addFilesystem } from "./storage-context";

/** `flat`: an ext4 root on a partition. */
export function flatLayout(layout: LayoutForm): void {
  const root = basicLayout(layout);
  addFilesystem(layout.context, root, { fstype: "ext4", label: "root", mountPoint: "/" });
}
