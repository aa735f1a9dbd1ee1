#!/bin/sh
# Makes the address that this node has in the given network (CIDR) its InternalIP: adds --node-ip to the kubelet's arguments.
# Running it again changes nothing. VMO_METAL_ROOT is for trying it out on a copy of the files.
set -eu

network=${1:?usage: set-node-ip.sh CIDR}
file=${VMO_METAL_ROOT:-}/etc/default/kubelet

address=$(
  VMO_METAL_NETWORK=$network python3 -c '
import ipaddress, os, sys
network = ipaddress.ip_network(os.environ["VMO_METAL_NETWORK"])
for word in sys.stdin.read().split():
    try:
        address = ipaddress.ip_address(word)
    except ValueError:
        continue
    if address in network:
        print(address)
        break
' <<ADDRESSES
${VMO_METAL_ADDRESSES:-$(hostname -I)}
ADDRESSES
)

if [ -z "$address" ]; then
  echo "set-node-ip: no address of this node lies in $network" >&2
  exit 1
fi

mkdir -p "$(dirname "$file")"
touch "$file"
if grep -q -- "--node-ip=" "$file"; then
  sed -i "s/--node-ip=[^ \"']*/--node-ip=$address/" "$file"
elif grep -q '^KUBELET_EXTRA_ARGS=".*"$' "$file"; then
  sed -i "s/^KUBELET_EXTRA_ARGS=\"\(.*\)\"\$/KUBELET_EXTRA_ARGS=\"\1 --node-ip=$address\"/" "$file"
elif grep -q '^KUBELET_EXTRA_ARGS=' "$file"; then
  sed -i "s/^KUBELET_EXTRA_ARGS=\(.*\)\$/KUBELET_EXTRA_ARGS=\1 --node-ip=$address/" "$file"
else
  echo "KUBELET_EXTRA_ARGS=--node-ip=$address" >>"$file"
fi
