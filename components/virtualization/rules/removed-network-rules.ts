/** A virtual machine and a network that it is on, both as `namespace/name`. */
export interface NetworkUse {
  machine: string;
  network: string;
}

/**
 * Networks that would be taken away from under virtual machines, one line each. A machine that is running keeps its link; after its next start or
 * migration it would not start again.
 *
 * @param described networks of the description, `namespace/name`
 * @param ours networks in the cluster that this program made
 */
export function removedNetworkProblems(
  described: readonly string[],
  ours: readonly string[],
  uses: readonly NetworkUse[],
): string[] {
  return ours
    .filter((network) => !described.includes(network))
    .flatMap((network) => {
      const machines = uses.filter((use) => use.network === network).map(({ machine }) => machine);
      if (machines.length === 0) return [];
      return [
        `network ${network} is no longer described, but ${machines.length === 1 ? "a VM is" : "VMs are"} on it: ${machines.join(", ")}. ` +
          "Move or delete them first, or put the network back into virtualization.networks.",
      ];
    });
}
