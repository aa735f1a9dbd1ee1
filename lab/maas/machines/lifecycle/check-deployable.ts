import { saveRefusal } from "../network/clean-interface";
import type { BlockDeviceRecord, MachineRecord, PartitionRecord } from "../model";
import { linkModeOf } from "../network/addresses";
import { effectiveFilesystem } from "../storage/effective-filesystem";
import { bootDisk } from "../storage/storage-context";

function isOnNetwork(machine: MachineRecord): boolean {
  return machine.interfaces.some((each) =>
    each.addresses.some(
      (address) =>
        address.allocationType !== "discovered" && linkModeOf(address) !== "link_up" && address.subnetId !== null,
    ),
  );
}

/** What keeps a storage layout from being deployed, in MAAS's words. */
function storageIssues(machine: MachineRecord): string[] {
  if (machine.ephemeralDeploy) return [];
  if (machine.blockDevices.length === 0) {
    return ["There are currently no storage devices.  Please add a storage device to be able to deploy this node."];
  }
  const issues: string[] = [];
  if (bootDisk(machine) === undefined) issues.push("Specify a storage device to be able to deploy this node.");
  if (!["ubuntu", "centos", "rhel"].includes(machine.osystem)) return issues;
  const filesystems = machine.blockDevices
    .flatMap((device): (BlockDeviceRecord | PartitionRecord)[] =>
      device.partitionTableType === null ? [device] : device.partitions,
    )
    .map((holder) => effectiveFilesystem(machine, holder))
    .filter((each) => each !== null);
  if (!filesystems.some((each) => each.mountPoint === "/")) {
    issues.push("Mount the root '/' filesystem to be able to deploy this node.");
  }
  if (filesystems.some((each) => each.fstype === "vmfs6")) {
    issues.push(
      `This node cannot be deployed because the selected deployment OS, ${machine.osystem}, does not support VMFS6.`,
    );
  }
  return issues;
}

/**
 * Checks that a machine's configuration can be deployed.
 *
 * @throws MaasRefusal 400 with what is missing under `network` or `storage`.
 */
export function checkDeployable(machine: MachineRecord): void {
  if (!isOnNetwork(machine)) throw saveRefusal({ network: ["Node must be configured to use a network"] });
  const issues = storageIssues(machine);
  if (issues.length > 0) throw saveRefusal({ storage: issues });
}
