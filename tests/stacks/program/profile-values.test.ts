import assert from "node:assert/strict";
import { parse } from "yaml";
import type { ProfileArgs } from "../../../components/palette/palette";
import { resolveMacros } from "../../../lab/palette/profiles/macros";
import type { RenderedProfile } from "../../../profiles/render/render-profile";
import { nodeFilesOf, valueAt, valuesOf } from "../../profiles/rendered";
import { workers } from "../preflight/broken";
import { paletteArgsOf } from "../palette-args-of";
import { datacenterWith, type Settings, withSettings } from "../descriptions";

/** Both profiles of a description, rendered, with the values of their variables on the cluster. */
interface Profiles {
  infra: RenderedProfile;
  core: RenderedProfile;
  variables: Record<string, string>;
  alternatives: ProfileArgs[];
}

function profilesOf(changes: Settings = {}): Profiles {
  const { profiles } = paletteArgsOf(datacenterWith(changes), { powerFlexConfig: "login" });
  const [infra, core] = profiles;
  assert.ok(infra && core);
  return {
    infra: infra.rendered as RenderedProfile,
    core: core.rendered as RenderedProfile,
    variables: { ...infra.variables, ...core.variables },
    alternatives: profiles,
  };
}

/** What of the profiles follows the host layout. */
function ofLayout({ infra, core, variables }: Profiles): Record<string, unknown> {
  const network = valueAt(
    valuesOf(infra, "csi-portworx-generic"),
    "charts.portworx-generic.storageCluster.spec.network",
  );
  const filtering = valueAt(
    valuesOf(core, "virtual-machine-orchestrator"),
    "charts.virtual-machine-orchestrator.vlanFiltering.env",
  );
  return {
    metalLb: variables["loadBalancerInterface"],
    metalLbDefault: core.variables.find(({ name }) => name === "loadBalancerInterface")?.defaultValue,
    portworxManagement: valueAt(network, "mgmtInterface"),
    portworxData: valueAt(network, "dataInterface"),
    cilium: infra.layers
      .find(({ pack }) => pack.layer === "cni")
      ?.presets.find((preset) => preset.startsWith("VMO - Bridge interface:")),
    bridge: valueAt(filtering, "bridgeIF"),
    allowVlansOnSelf: variables["allowVlansOnSelf"],
    vlansOnBridge: variables["vlansOnBridge"],
  };
}

const AUTODETECT = "VMO - Bridge interface:vmo-auto";
const FOUR_NIC = {
  metalLb: "bond_data.20",
  metalLbDefault: "bond_data.20",
  portworxManagement: "bond_mgmt.10",
  portworxData: "bond_mgmt.10",
  cilium: AUTODETECT,
  bridge: "br0",
  allowVlansOnSelf: "false",
  vlansOnBridge: "1",
};
const TWO_NIC = {
  ...FOUR_NIC,
  metalLb: "bond0.20",
  metalLbDefault: "bond0.20",
  portworxManagement: "bond0.10",
  portworxData: "bond0.10",
};

describe("values of the profiles that follow the description", () => {
  const taggedPxe: Settings = { networks: { provisioning: { vlan: 5 } } };
  const cases: [title: string, changes: Settings, expected: Record<string, unknown>][] = [
    ["four-nic", {}, FOUR_NIC],
    ["four-nic, tagged PXE", taggedPxe, FOUR_NIC],
    [
      "six-nic: a storage bond",
      withSettings({ networks: { storage: { vlan: 30, cidr: "172.17.0.0/22" } } }, workers({ layout: "six-nic" })),
      { ...FOUR_NIC, portworxData: "bond_storage.30" },
    ],
    ["two-nic: br0 has an address", workers({ layout: "two-nic" }), { ...TWO_NIC, allowVlansOnSelf: "true" }],
    ["two-nic, tagged PXE: br0 has none", withSettings(taggedPxe, workers({ layout: "two-nic" })), TWO_NIC],
    [
      "two-nic-shared-data-vlan: an address and br0.20",
      workers({ layout: "two-nic-shared-data-vlan" }),
      { ...TWO_NIC, metalLb: "br0.20", metalLbDefault: "br0.20", allowVlansOnSelf: "true", vlansOnBridge: "1,20" },
    ],
    [
      "two-nic-shared-data-vlan, tagged PXE: the PXE VLAN is taken from below br0",
      withSettings(taggedPxe, workers({ layout: "two-nic-shared-data-vlan" })),
      { ...TWO_NIC, metalLb: "br0.20", metalLbDefault: "br0.20", allowVlansOnSelf: "true", vlansOnBridge: "20" },
    ],
    [
      "node-on-bridge: nodes have their address on br0",
      withSettings({ networks: { management: { vlan: 0 } } }, workers({ layout: "node-on-bridge" })),
      {
        ...TWO_NIC,
        metalLb: "br0.20",
        metalLbDefault: "br0.20",
        portworxManagement: "br0",
        portworxData: "br0",
        cilium: "VMO - Bridge interface:vmo-br0",
        allowVlansOnSelf: "true",
        vlansOnBridge: "1,20",
      },
    ],
  ];
  for (const [title, changes, expected] of cases)
    it(`interfaces and VLANs on br0: ${title}`, () => assert.deepEqual(ofLayout(profilesOf(changes)), expected));

  it("the VM VLANs are the description's, added to those of the host by the profile", () => {
    const { core, variables } = profilesOf({ networks: { virtualMachines: { vlans: "30-40,200" } } });
    assert.equal(variables["virtualMachineVlans"], "30-40,200");
    const env = "charts.virtual-machine-orchestrator.vlanFiltering.env";
    const values = valuesOf(core, "virtual-machine-orchestrator");
    assert.equal(valueAt(values, `${env}.allowedVlans`), "{{.spectro.var.virtualMachineVlans}}");
    assert.equal(
      valueAt(values, `${env}.allowedVlansOnSelf`),
      "{{.spectro.var.vlansOnBridge}},{{.spectro.var.virtualMachineVlans}}",
    );
  });

  it("a node's InternalIP is sought in the management network", () => {
    const { infra } = profilesOf({ networks: { management: { cidr: "10.9.8.0/23" } } });
    const commands = valueAt(valuesOf(infra, "ubuntu-maas"), "kubeadmconfig.preKubeadmCommands") as string[];
    assert.ok(commands.includes("/opt/vmo-metal/set-node-ip.sh 10.9.8.0/23"));
  });

  it("pods and services: read-only variables with the description's networks", () => {
    const { infra } = profilesOf({ networks: { pods: "100.72.0.0/17", services: "100.80.0.0/18" } });
    const variables = infra.variables.filter(({ immutable }) => immutable);
    assert.deepEqual(
      variables.map(({ name, format, defaultValue }) => [name, format, defaultValue]),
      [
        ["podCidr", "ipv4cidr", "100.72.0.0/17"],
        ["serviceCidr", "ipv4cidr", "100.80.0.0/18"],
      ],
    );
  });

  it("the kubelet's reservations, cores and pods are the description's, and add up", () => {
    const { infra } = profilesOf({
      cluster: {
        kubelet: {
          maxPods: 200,
          reservedCores: "0-3",
          systemReservedMebibytes: 6000,
          kubeReservedMebibytes: 2000,
          evictionHardMebibytes: 192,
          numaMemoryMebibytes: [4096, 4096],
        },
      },
    });
    const files = nodeFilesOf(infra);
    const staged = "/opt/vmo-metal/worker/etc";
    const kubelet = files.get(`${staged}/kubernetes/kubelet.conf.d/20-vmo.conf`)?.content ?? "";
    for (const line of [
      "maxPods: 200",
      'reservedSystemCPUs: "0-3"',
      'reservedMemory: [{"numaNode":0,"limits":{"memory":"4096Mi"}},{"numaNode":1,"limits":{"memory":"4096Mi"}}]',
      "systemReserved:\n  memory: 6000Mi",
      "kubeReserved:\n  memory: 2000Mi",
      "memory.available: 192Mi",
    ])
      assert.ok(kubelet.includes(line), line);
    assert.match(files.get(`${staged}/systemd/system/kube.slice`)?.content ?? "", /^AllowedCPUs=0-3$/m);
  });

  it("maxStorageNodes is the number of workers, of all pools, unless it is said", () => {
    const scaled = (size: number): Settings => ({
      hosts: { "worker-pool": { machines: `worker-[1-${size + 1}]` } },
      cluster: { workers: [{ size }] },
    });
    for (const size of [5, 8]) assert.equal(profilesOf(scaled(size)).variables["maxStorageNodes"], String(size));
    const pools = [
      { name: "one", hostGroup: "worker-pool", size: 4 },
      { name: "two", hostGroup: "worker-pool", size: 2 },
    ];
    assert.equal(profilesOf({ cluster: { workers: pools } }).variables["maxStorageNodes"], "6");
    assert.equal(profilesOf({ storage: { maxStorageNodes: 4 } }).variables["maxStorageNodes"], "4");
  });

  it("maxStorageNodes is a number for readers of YAML 1.1 and 1.2, whether or not Palette strips quotes", () => {
    const layer = profilesOf().infra.layers.find(({ pack }) => pack.name === "csi-portworx-generic");
    assert.ok(layer);
    for (const quotes of ["kept", "stripped"] as const)
      for (const version of ["1.1", "1.2"] as const) {
        const variables = new Map([["maxStorageNodes", "5"]]);
        const none: ReadonlyMap<string, string> = new Map();
        const text = resolveMacros(layer.values, { variables, macros: none, system: none, quotes });
        assert.match(JSON.stringify(parse(text, { version })), /"maxStorageNodes":5[,}]/, `${quotes}, YAML ${version}`);
      }
  });

  it("scaling changes no content of a profile: no new version is needed", () => {
    const changes = {
      hosts: { "worker-pool": { machines: "worker-[1-9]" } },
      cluster: { workers: [{ size: 8 }] },
    };
    assert.deepEqual(profilesOf(changes).infra, profilesOf().infra);
    assert.deepEqual(profilesOf(changes).core, profilesOf().core);
  });

  it("workers alone are tuned, unless the control plane runs virtual machines too", () => {
    for (const [workloads, nodes] of [
      [false, "workers"],
      [true, "all-nodes"],
    ] as const) {
      const { infra } = profilesOf({ cluster: { controlPlane: { workloads } } });
      const commands = valueAt(valuesOf(infra, "ubuntu-maas"), "kubeadmconfig.preKubeadmCommands") as string[];
      assert.ok(commands.includes(`/opt/vmo-metal/apply-worker-tuning.sh ${nodes}`));
    }
  });

  it("every alternative is reached from the description", () => {
    const oidc = { issuerUrl: "https://id.example.com", clientId: "vmo" };
    const powerFlex = { systemId: "2b11bb", storagePool: "p", managers: ["172.16.0.201", "172.16.0.202"] };
    const reached: [changes: Settings, found: (profiles: Profiles) => unknown, expected: unknown][] = [
      [{ storage: { license: "saas" } }, ({ infra }) => infra.variables.at(-1)?.name, "portworxSaasKey"],
      [
        { storage: { sanType: "ISCSI" } },
        ({ infra }) => nodeFilesOf(infra).has("/opt/vmo-metal/prepare-iscsi.sh"),
        true,
      ],
      [{ storage: { provider: "portworx-csi" } }, ({ infra }) => infra.name, "VMO-RA-Infra-MaaS-PortworxCSI"],
      [{ storage: { provider: "rook-ceph" } }, ({ infra }) => infra.name, "VMO-RA-Infra-MaaS-RookCeph"],
      [
        { storage: { provider: "dell-powerflex", powerFlex } },
        ({ alternatives }) => alternatives[0]?.secretValues,
        { "csi-dell-csm-operator/charts/csm-operator/csm/config/secret/value": "login" },
      ],
      [
        { storage: { provider: "dell-powerflex", powerFlex } },
        ({ infra }) =>
          valueAt(
            valuesOf(infra, "csi-dell-csm-operator"),
            "charts.csm-operator.csm.config.driver.initContainers[0].envs[MDM].value",
          ),
        "172.16.0.201,172.16.0.202",
      ],
      [
        { storage: { provider: "hitachi" } },
        ({ core }) =>
          valueAt(
            valuesOf(core, "virtual-machine-orchestrator"),
            "charts.virtual-machine-orchestrator.snapshot-controller.volumeSnapshotClass.driver",
          ),
        "hspc.csi.hitachi.com",
      ],
      [
        { cluster: { identityProvider: oidc } },
        ({ infra }) => valueAt(valuesOf(infra, "kubernetes"), "kubeadmconfig.apiServer.extraArgs.oidc-issuer-url"),
        "https://id.example.com",
      ],
      [
        { cluster: { access: "direct" } },
        ({ core }) =>
          valueAt(valuesOf(core, "virtual-machine-orchestrator"), "charts.virtual-machine-orchestrator.service.type"),
        "LoadBalancer",
      ],
      [
        { cluster: { bgp: { localAsn: 64512, peerAsn: 64513, peerAddress: "10.20.30.1" } } },
        ({ core }) =>
          valueAt(valuesOf(core, "lb-metallb-helm"), "charts.metallb-full.configuration.bgppeers.router.spec.peerASN"),
        64513,
      ],
      [
        { cluster: { imageIngress: true } },
        ({ core }) =>
          valueAt(
            valuesOf(core, "virtual-machine-orchestrator"),
            "charts.virtual-machine-orchestrator.cdi.ingress.hosts[0].host",
          ),
        "upload.dc1.metal.example.com",
      ],
    ];
    for (const [changes, found, expected] of reached)
      assert.deepEqual(found(profilesOf(changes)), expected, JSON.stringify(changes));
  });
});
