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

/** Each rule: a spec that passes, and one that is refused. */
const cases: Record<
  string,
  { accepted?: unknown; refused: unknown; message: RegExp; context?: VirtualMachineContext }
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
  for (const [rule, { accepted, refused, message, context }] of Object.entries(cases)) {
    it(`ask for ${rule}`, () => {
      assert.deepEqual(virtualMachineProblems(accepted ?? spec(), context), []);
      const problems = virtualMachineProblems(refused, context);
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", message);
    });
  }

  it("ask for a name that can be a host name", () => {
    assert.equal(virtualMachineNameProblem("web-1"), undefined);
    assert.match(virtualMachineNameProblem("a".repeat(64)) ?? "", /at most 63/);
    assert.match(virtualMachineNameProblem("Web_1") ?? "", /DNS label/);
  });
});
