#!/bin/sh
# Puts the worker tuning in place on nodes that are no control plane: copies /opt/vmo-metal/worker over /. Control plane nodes are
# skipped, so that they need no extra CPUs and memory. Running it again changes nothing.
set -eu

root=${VMO_METAL_ROOT:-}
staged=$root/opt/vmo-metal/worker

# Cluster API writes one of these before kubeadm runs: the first for the first control plane node, the second for nodes that join.
if [ -e "$root/run/kubeadm/kubeadm.yaml" ]; then
  echo "apply-worker-tuning: first control plane node, nothing to do"
  exit 0
fi
if grep -q '^controlPlane:' "$root/run/kubeadm/kubeadm-join-config.yaml" 2>/dev/null; then
  echo "apply-worker-tuning: control plane node, nothing to do"
  exit 0
fi

(cd "$staged" && find . -type f) | while read -r file; do
  mkdir -p "$root/$(dirname "$file")"
  install -m 0644 "$staged/$file" "$root/$file"
done

# A kubelet that ran with other policies refuses to start while their checkpoints are there.
rm -f "$root/var/lib/kubelet/cpu_manager_state" "$root/var/lib/kubelet/memory_manager_state"
if [ -z "$root" ]; then
  sysctl --system >/dev/null
fi
