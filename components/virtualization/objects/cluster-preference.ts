import { type Manifest, deschedulerAnnotation, managedByLabel } from "./manifest";

/** Devices that both preferences choose: paravirtual disk and network with their own threads and queues, and nothing that a server lacks. */
const leanDevices = {
  preferredDiskBus: "virtio",
  preferredDiskDedicatedIoThread: true,
  preferredBlockMultiQueue: true,
  preferredInterfaceModel: "virtio",
  preferredNetworkInterfaceMultiQueue: true,
  preferredAutoattachMemBalloon: false,
};

/**
 * VM preferences for Linux: performance and little overhead, and the Descheduler's annotation (RA, VMO-VMPreferences and VMO layers). KubeVirt
 * copies `spec.annotations` to each VM that uses the preference.
 */
export function linuxPreference(name: string): Manifest {
  return preference(name, {
    annotations: { ...deschedulerAnnotation },
    cpu: { preferredCPUTopology: "sockets" },
    // A graphics device is left on: without one KubeVirt refuses VNC, and the RA promises remote consoles of VMs.
    devices: { ...leanDevices, preferredRng: {} },
    machine: { preferredMachineType: "q35" },
  });
}

/**
 * VM preferences for Windows Server: as {@link linuxPreference}, with the Hyper-V enlightenments that spare a Windows guest its expensive traps,
 * UEFI with Secure Boot, and a persistent TPM (which the VMO layer's `vmStateStorageClass` and feature gate VMPersistentState serve).
 *
 * Only enlightenments that every x86-64 server has are listed: with HypervStrictCheck a VM that asks for more stays Pending.
 */
export function windowsPreference(name: string): Manifest {
  return preference(name, {
    annotations: { ...deschedulerAnnotation },
    clock: {
      preferredClockOffset: { utc: {} },
      preferredTimer: {
        hpet: { present: false },
        hyperv: {},
        pit: { tickPolicy: "delay" },
        rtc: { tickPolicy: "catchup" },
      },
    },
    cpu: { preferredCPUTopology: "sockets" },
    devices: {
      ...leanDevices,
      // Bus and type only count for an input device that is attached by itself.
      preferredAutoattachInputDevice: true,
      preferredInputBus: "virtio",
      preferredInputType: "tablet",
      preferredTPM: { persistent: true },
    },
    features: {
      preferredAcpi: {},
      preferredApic: {},
      preferredSmm: {},
      preferredHyperv: {
        frequencies: {},
        ipi: {},
        relaxed: {},
        reset: {},
        runtime: {},
        spinlocks: { spinlocks: 8191 },
        synic: {},
        synictimer: { direct: {} },
        tlbflush: {},
        vapic: {},
        vpindex: {},
      },
    },
    firmware: { preferredEfi: { persistent: true, secureBoot: true } },
    machine: { preferredMachineType: "q35" },
    preferredTerminationGracePeriodSeconds: 3600,
    requirements: { cpu: { guest: 2 }, memory: { guest: "4Gi" } },
  });
}

function preference(name: string, spec: Record<string, unknown>): Manifest {
  return {
    apiVersion: "instancetype.kubevirt.io/v1beta1",
    kind: "VirtualMachineClusterPreference",
    metadata: { name, labels: { ...managedByLabel } },
    spec,
  };
}
