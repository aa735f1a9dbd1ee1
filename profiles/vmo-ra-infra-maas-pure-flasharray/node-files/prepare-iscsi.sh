#!/bin/sh
# Readies a node for iSCSI: an initiator name of its own (images of one kind come with the same one, and a FlashArray tells hosts apart by
# it), sessions that are logged in to at boot, and the services. Running it again changes nothing.
set -eu

root=${VMO_METAL_ROOT:-}
name=$root/etc/iscsi/initiatorname.iscsi
settings=$root/etc/iscsi/iscsid.conf
machine=$(cat "$root/etc/machine-id")
wanted="InitiatorName=iqn.2004-10.com.ubuntu:01:$(printf '%s' "$machine" | cut -c1-12)"

mkdir -p "$root/etc/iscsi"
renamed=no
if ! grep -qxF "$wanted" "$name" 2>/dev/null; then
  printf '%s\n' "$wanted" >"$name"
  chmod 600 "$name"
  renamed=yes
fi

touch "$settings"
if grep -q '^node\.startup *=' "$settings"; then
  sed -i 's/^node\.startup *=.*/node.startup = automatic/' "$settings"
else
  echo "node.startup = automatic" >>"$settings"
fi

if [ -z "$root" ]; then
  # A daemon that runs already keeps the name that it read.
  if [ "$renamed" = yes ]; then
    systemctl restart iscsid
  fi
  systemctl enable --now iscsid open-iscsi
fi
