#!/bin/sh
# A node that was deployed to a SAN disk boots from /dev/mapper/mpath0-partN, a name that goes away when user_friendly_names is
# switched off for Portworx. Points the boot configuration to the disk's WWID instead. A node with a local disk is left alone, and
# running it again changes nothing.
set -eu

root=${VMO_METAL_ROOT:-}
grub=$root/etc/default/grub.d/50-curtin-multipath.cfg
bindings=$root/etc/multipath/bindings

if [ ! -f "$grub" ]; then
  echo "san-boot-multipath: this node does not boot from SAN, nothing to do"
  exit 0
fi

name=$(sed -n 's|^GRUB_DEVICE=/dev/mapper/\(mpath[a-z0-9]*\)-part[0-9]*.*$|\1|p' "$grub")
if [ -z "$name" ]; then
  echo "san-boot-multipath: the boot device has its WWID as name already, nothing to do"
  exit 0
fi

wwid=$(awk -v name="$name" '$1 == name { print $2; exit }' "$bindings" 2>/dev/null || true)
if [ -z "$wwid" ]; then
  echo "san-boot-multipath: $bindings has no WWID for $name; the boot configuration stays as it is" >&2
  exit 1
fi

sed -i "s|/dev/mapper/$name-part|/dev/mapper/$wwid-part|" "$grub"
if [ -z "$root" ]; then
  update-initramfs -u -k all
  update-grub
fi
