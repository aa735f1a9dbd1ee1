import assert from "node:assert/strict";
import {
  virtualMachineNameProblem,
  virtualMachineProblems,
  type VirtualMachineContext,
} from "../../../../components/virtualization/rules/virtual-machine-rules";

interface Machine {
  domain: Record<string, unknown>;
  networks: unknown[];
  volumes: unknown[];
}

const devices = {
  disks: [{ name: "root", disk: { bus: "virtio" } }],
  interfaces: [{ name: "default", bridge: {} }],
};

const machine: Machine = {
  domain: { cpu: { sockets: 2 }, memory: { guest: "4Gi" }, devices },
  networks: [{ name: "default", multus: { networkName: "default/nad-vlan-30" } }],
  volumes: [{ name: "root", dataVolume: { name: "root" } }],
};

const spec = (change: Partial<Machine> = {}, more: Record<string, unknown> = {}): unknown => ({
  running: false,
  template: { spec: { ...machine, ...change } },
  ...more,
});

const withDevices = (change: Record<string, unknown>): unknown =>
  spec({ domain: { ...machine.domain, devices: { ...devices, ...change } } });
const disk = (change: Record<string, unknown>): unknown => withDevices({ disks: [{ name: "root", ...change }] });
const pod = [{ name: "default", pod: {} }];

const dedicated = (cpu: Record<string, unknown>, resources: Record<string, unknown>): unknown =>
  spec({
    domain: { devices, memory: { guest: "4Gi" }, cpu: { dedicatedCpuPlacement: true, ...cpu }, resources },
  });
const plugged = (change: Record<string, unknown>): unknown =>
  spec({
    domain: { ...machine.domain, devices: { ...devices, disks: [{ name: "root", ...change }] } },
    volumes: [{ name: "root", dataVolume: { name: "root", hotpluggable: true } }],
  });
const withBoth = (pods: number): unknown => {
  const networks = [
    { name: "a", pod: {} },
    pods > 1 ? { name: "b", pod: {} } : { name: "b", multus: { networkName: "n" } },
  ];
  const interfaces = networks.map(({ name }) => ({ name, bridge: {} }));
  return spec({ domain: { ...machine.domain, devices: { ...devices, interfaces } }, networks });
};

/** Each rule: a spec that passes, and one that is refused. */
const cases: Record<
  string,
  {
    accepted?: unknown;
    refused: unknown;
    message: RegExp;
    context?: VirtualMachineContext;
    /** Whether the refused one breaks another rule too. */
    several?: boolean;
  }
> = {
  "running or runStrategy": { refused: spec({}, { runStrategy: "Always" }), message: /runStrategy/ },
  "a volume for each disk": { refused: spec({ volumes: [] }), message: /there is no volume "root"/ },
  "no virtio CD-ROM": {
    accepted: disk({ cdrom: { bus: "sata" } }),
    refused: disk({ cdrom: { bus: "virtio" } }),
    message: /cdrom\.bus/,
  },
  "no read-only sata disk": {
    accepted: disk({ disk: { bus: "sata" } }),
    refused: disk({ disk: { bus: "sata", readonly: true } }),
    message: /readonly/,
  },
  "dedicated IO threads on virtio": {
    accepted: disk({ disk: { bus: "virtio" }, dedicatedIOThread: true }),
    refused: disk({ disk: { bus: "scsi" }, dedicatedIOThread: true }),
    message: /dedicatedIOThread/,
  },
  "names of volumes": {
    refused: spec({
      domain: { ...machine.domain, devices: { ...devices, disks: [{ name: "rhel-9.4", disk: { bus: "virtio" } }] } },
      volumes: [{ name: "rhel-9.4", dataVolume: { name: "root" } }],
    }),
    message: /"rhel-9.4" is not a DNS label/,
  },
  "no disk twice": {
    refused: withDevices({ disks: [devices.disks[0], devices.disks[0]] }),
    message: /"root" is there twice/,
  },
  "a network for each interface": { refused: spec({ networks: [] }), message: /there is no network "default"/ },
  "names of interfaces": {
    refused: spec({
      domain: { ...machine.domain, devices: { ...devices, interfaces: [{ name: "a.b", bridge: {} }] } },
      networks: [{ name: "a.b", multus: { networkName: "a" } }],
    }),
    message: /may hold letters/,
  },
  "masquerade only on the pod network": {
    accepted: spec({
      domain: { ...machine.domain, devices: { ...devices, interfaces: [{ name: "default", masquerade: {} }] } },
      networks: pod,
    }),
    refused: withDevices({ interfaces: [{ name: "default", masquerade: {} }] }),
    message: /only for the pod network/,
  },
  "one binding": {
    refused: withDevices({ interfaces: [{ name: "default", bridge: {}, sriov: {} }] }),
    message: /one at most/,
  },
  "a MAC address that KubeVirt does not use": {
    refused: spec({
      domain: {
        ...machine.domain,
        devices: {
          ...devices,
          interfaces: [{ name: "default", masquerade: {}, macAddress: "02:00:00:00:00:00" }],
        },
      },
      networks: pod,
    }),
    message: /macAddress/,
  },
  "pod or multus": {
    refused: spec({ networks: [{ name: "default", pod: {}, multus: { networkName: "a" } }] }),
    message: /either pod or multus/,
  },
  "the name of a network": {
    refused: spec({ networks: [{ name: "default", multus: { networkName: "a/b/c" } }] }),
    message: /networkName/,
  },
  memory: { refused: spec({ domain: { devices } }), message: /memory must be asked for/ },
  "memory that is a size": {
    refused: spec({ domain: { devices, memory: { guest: "much" } } }),
    message: /not a size/,
  },
  "a CPU at least": {
    refused: spec({ domain: { ...machine.domain, cpu: { cores: 0 } } }),
    message: /must be 1 or more/,
  },
  "requests and limits above nothing": {
    accepted: spec({ domain: { ...machine.domain, resources: { requests: { cpu: "500m" }, limits: { cpu: 1 } } } }),
    refused: spec({ domain: { ...machine.domain, resources: { limits: { cpu: 0 } } } }),
    message: /resources\.limits\.cpu: must be more than nothing/,
  },
  "requests within limits": {
    accepted: spec({
      domain: { ...machine.domain, resources: { requests: { memory: "1Gi" }, limits: { memory: "1Gi" } } },
    }),
    refused: spec({
      domain: { ...machine.domain, resources: { requests: { memory: "2Gi" }, limits: { memory: "1Gi" } } },
    }),
    message: /requests\.memory: is more than its limit/,
  },
  "whole CPUs when they are dedicated": {
    accepted: dedicated({}, { requests: { cpu: 2 }, limits: { cpu: 2 } }),
    refused: dedicated({}, { requests: { cpu: "1500m" } }),
    message: /needs whole CPUs/,
  },
  "the same CPUs in requests and limits when they are dedicated": {
    accepted: dedicated({}, { requests: { cpu: "2" } }),
    refused: dedicated({}, { requests: { cpu: 1 }, limits: { cpu: 2 } }),
    message: /the same CPUs/,
  },
  "a number of dedicated CPUs": {
    accepted: dedicated({ cores: 2 }, {}),
    refused: dedicated({}, {}),
    message: /needs cpu\.cores/,
  },
  "two threads at most of a dedicated core": {
    accepted: dedicated({ cores: 2, threads: 2 }, {}),
    refused: dedicated({ cores: 2, threads: 4 }, {}),
    message: /with 4 threads a core/,
  },
  "scsi for disks that are hot-plugged": {
    accepted: plugged({ disk: { bus: "scsi" } }),
    refused: plugged({ disk: { bus: "virtio" } }),
    message: /must be scsi/,
  },
  "no IO thread of a disk that is hot-plugged": {
    accepted: plugged({ disk: { bus: "scsi" } }),
    refused: plugged({ disk: { bus: "virtio" }, dedicatedIOThread: true }),
    message: /cannot have a thread|must be scsi/,
    several: true,
  },
  "no interface twice": {
    refused: withDevices({ interfaces: [devices.interfaces[0], devices.interfaces[0]] }),
    message: /interfaces: "default" is there twice/,
  },
  "an interface for each network": {
    refused: spec({ networks: [...machine.networks, { name: "more", multus: { networkName: "a" } }] }),
    message: /no interface is on "more"/,
  },
  "one pod network": {
    accepted: withBoth(1),
    refused: withBoth(2),
    message: /one pod network at most/,
  },
  "one size only": {
    accepted: spec({ domain: { devices } }, { instancetype: { name: "vmit-small" } }),
    refused: spec({ domain: { devices, cpu: { cores: 1 } } }, { instancetype: { name: "vmit-small" } }),
    message: /domain\.cpu: is what the instance type says already/,
  },
  "what its preference requires": {
    accepted: spec(),
    refused: spec({ domain: { ...machine.domain, cpu: { sockets: 1 } } }),
    context: { preference: { requirements: { cpu: { guest: 2 }, memory: { guest: "4Gi" } } } },
    message: /has 1 virtual CPUs; its preference requires 2/,
  },
  "short inline user data": {
    accepted: spec({
      volumes: [...machine.volumes, { name: "init", cloudInitNoCloud: { userData: "x".repeat(2048) } }],
    }),
    refused: spec({
      volumes: [...machine.volumes, { name: "init", cloudInitNoCloud: { userData: "x".repeat(2049) } }],
    }),
    message: /volumes\[1\]\.cloudInitNoCloud\.userData: has more than 2048/,
  },
  "disks that are used": {
    refused: spec({}, { dataVolumeTemplates: [{ metadata: { name: "other" }, spec: clone() }] }),
    accepted: spec({}, { dataVolumeTemplates: [{ metadata: { name: "root" }, spec: clone() }] }),
    message: /no volume uses "other"/,
  },
  "disks that CDI takes": {
    refused: spec({}, { dataVolumeTemplates: [{ metadata: { name: "root" }, spec: { source: { upload: {} } } }] }),
    message: /dataVolumeTemplates\[0\]\.spec\.spec: has neither/,
  },
};

function clone(): unknown {
  return { source: { pvc: { name: "golden", namespace: "images" } }, storage: {} };
}

describe("KubeVirt's rules for virtual machines", () => {
  for (const [rule, { accepted, refused, message, context, several = false }] of Object.entries(cases)) {
    it(`ask for ${rule}`, () => {
      assert.deepEqual(virtualMachineProblems(accepted ?? spec(), context), []);
      const problems = virtualMachineProblems(refused, context);
      assert.equal(problems.length, several ? 2 : 1, problems.join("\n"));
      for (const problem of problems) assert.match(problem, message);
    });
  }

  it("ask for a name that can be a host name", () => {
    assert.equal(virtualMachineNameProblem("web-1"), undefined);
    assert.match(virtualMachineNameProblem("a".repeat(64)) ?? "", /at most 63/);
    assert.match(virtualMachineNameProblem("Web_1") ?? "", /DNS label/);
  });
});
