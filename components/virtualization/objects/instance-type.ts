import { type Manifest, managedByLabel } from "./manifest";

/** A size of virtual machines. */
export interface InstanceTypeArgs {
  name: string;
  /** Virtual CPUs. They share cores 10:1 (RA, Hardware resources). */
  cpuCores: number;
  /** Memory of the guest, GiB. Given in full: the RA's sizing overcommits CPU, not memory. */
  memoryGibibytes: number;
}

/** A VirtualMachineClusterInstancetype: one size for many templates and VMs. */
export function instanceType(args: InstanceTypeArgs): Manifest {
  return {
    apiVersion: "instancetype.kubevirt.io/v1beta1",
    kind: "VirtualMachineClusterInstancetype",
    metadata: { name: args.name, labels: { ...managedByLabel } },
    spec: { cpu: { guest: args.cpuCores }, memory: { guest: `${args.memoryGibibytes}Gi` } },
  };
}
