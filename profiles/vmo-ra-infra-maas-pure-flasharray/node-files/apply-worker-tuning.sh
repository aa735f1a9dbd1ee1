#!/bin/sh
# Puts the tuning for virtual machines in place: copies /opt/vmo-metal/worker over /. With "workers" control plane nodes are skipped, so that
# they need no extra CPUs and memory; with "all-nodes" they are tuned too, for clusters whose control plane runs virtual machines.
# Running it again changes nothing. VMO_METAL_ROOT is for trying it out on a copy of the files.
set -eu

nodes=${1:?usage: apply-worker-tuning.sh workers|all-nodes}
root=${VMO_METAL_ROOT:-}
staged=$root/opt/vmo-metal/worker

# Cluster API writes one of these before kubeadm runs: the first for the first control plane node, the second for nodes that join.
is_control_plane() {
  [ -e "$root/run/kubeadm/kubeadm.yaml" ] && return 0
  grep -q '^controlPlane:' "$root/run/kubeadm/kubeadm-join-config.yaml" 2>/dev/null
}

case $nodes in
  workers)
    if is_control_plane; then
      echo "apply-worker-tuning: control plane node, nothing to do"
      exit 0
    fi
    ;;
  all-nodes) ;;
  *)
    echo "apply-worker-tuning: \"$nodes\" is neither workers nor all-nodes" >&2
    exit 2
    ;;
esac

changed=$(
  cd "$staged"
  find . -type f | while read -r file; do
    if ! cmp -s "$file" "$root/$file"; then
      mkdir -p "$root/$(dirname "$file")"
      install -m 0644 "$file" "$root/$file"
      echo "$file"
    fi
  done
)
if [ -z "$changed" ]; then
  echo "apply-worker-tuning: in place already, nothing to do"
  exit 0
fi

# A kubelet that ran with other policies refuses to start while their checkpoints are there.
rm -f "$root/var/lib/kubelet/cpu_manager_state" "$root/var/lib/kubelet/memory_manager_state"
if [ -z "$root" ]; then
  # Its setting is there only when the module is. Other files than ours may hold settings that this kernel does not have.
  modprobe nf_conntrack
  sysctl --quiet --load=/etc/sysctl.d/90-vmo.conf
fi
