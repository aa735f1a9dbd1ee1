import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import type { RenderedProfile } from "../../../profiles/render/render-profile";
import { layoutArgs } from "../../../stacks/derived/layout-args";
import { workerHosts } from "../../../stacks/derived/all-hosts";
import { hostLayout } from "../../../components/bare-metal/layouts/host-layout";
import { preflight } from "../../../stacks/preflight/preflight";
import { nodeFilesOf, valueAt, valuesOf } from "../../profiles/rendered";
import { datacenterWith, type Settings, withSettings } from "../descriptions";
import { paletteArgsOf } from "../palette-args-of";
import { secrets, workers } from "../preflight/broken";

const layouts = ["four-nic", "two-nic", "two-nic-shared-data-vlan", "six-nic"] as const;

/** Descriptions with any layout of workers, VLANs and NICs. A bond's name leaves a storage VLAN two digits. */
const descriptions = fc
  .record({
    layout: fc.constantFrom(...layouts),
    vlans: fc.uniqueArray(fc.integer({ min: 100, max: 4094 }), { minLength: 2, maxLength: 2 }),
    storage: fc.integer({ min: 2, max: 99 }),
    nic: fc.constantFrom("eno", "ens1f", "enp65s0f"),
  })
  .map(({ layout, vlans: [management = 0, data = 0], storage, nic }): Settings => {
    const bonds = layout.startsWith("two-nic") ? ["bond0"] : ["bond_mgmt", "bond_data"];
    const all = layout === "six-nic" ? [...bonds, "bond_storage"] : bonds;
    const nics = Object.fromEntries(all.map((bond, index) => [bond, [`${nic}${2 * index}`, `${nic}${2 * index + 1}`]]));
    return withSettings(
      {
        networks: {
          management: { vlan: management },
          data: { vlan: data },
          storage: { vlan: storage, cidr: "172.17.0.0/22" },
          virtualMachines: { vlans: "21-98" },
        },
      },
      workers({ layout, nics }),
    );
  });

describe("values of the profiles, for any description", () => {
  it("name interfaces that every worker has, with an address in the network that they are for", () => {
    fc.assert(
      fc.property(descriptions, (changes) => {
        const datacenter = datacenterWith(changes);
        const [worker] = workerHosts(datacenter);
        assert.ok(worker);
        const nics = Object.fromEntries(
          Object.entries(worker.nics).map(([bond, list]) => [
            bond,
            list.flatMap((nic) => ("name" in nic ? [nic.name] : [])),
          ]),
        );
        const interfaces = hostLayout(layoutArgs(datacenter, worker, nics));
        const subnetsOf = (name: unknown): string[] => {
          const found = interfaces[name as string];
          assert.ok(found, `${String(name)} is none of ${Object.keys(interfaces).join(", ")}`);
          return (found.links ?? []).flatMap((link) =>
            "subnet" in link && link.subnet !== undefined ? [link.subnet] : [],
          );
        };
        const [infra, core] = paletteArgsOf(datacenter).profiles;
        assert.ok(infra && core);
        const values = valuesOf(infra.rendered as RenderedProfile, "csi-portworx-generic");
        const network = "charts.portworx-generic.storageCluster.spec.network";
        const storage = worker.layout === "six-nic" ? "172.17.0.0/22" : "172.16.0.0/22";
        assert.deepEqual(subnetsOf(valueAt(values, `${network}.mgmtInterface`)), ["172.16.0.0/22"]);
        assert.deepEqual(subnetsOf(valueAt(values, `${network}.dataInterface`)), [storage]);
        assert.deepEqual(subnetsOf(core.variables["loadBalancerInterface"]), ["10.20.0.0/16"]);
        const orchestrator = valuesOf(core.rendered as RenderedProfile, "virtual-machine-orchestrator");
        const filtering = "charts.virtual-machine-orchestrator.vlanFiltering.env";
        const onBridge = subnetsOf(valueAt(orchestrator, `${filtering}.bridgeIF`));
        // VLAN 1 exactly where br0 has an address, and the VLANs of its own VLAN interfaces.
        const own = Object.keys(interfaces).flatMap((name) => (name.startsWith("br0.") ? [Number(name.slice(4))] : []));
        const expected = [...(onBridge.length > 0 ? [1] : []), ...own].sort((one, other) => one - other);
        assert.equal(core.variables["allowVlansOnSelf"], String(expected.length > 0));
        assert.equal(core.variables["vlansOnBridge"], expected.join(",") || "1");
      }),
      { numRuns: 40 },
    );
  });

  it("reserve memory that adds up to the byte, on every NUMA node that is named", () => {
    const mebibytes = fc.integer({ min: 1, max: 65_536 });
    fc.assert(
      fc.property(mebibytes, mebibytes, mebibytes, fc.boolean(), (system, kube, eviction, split) => {
        const sum = system + kube + eviction;
        const half = Math.floor(sum / 2);
        const kubelet = {
          systemReservedMebibytes: system,
          kubeReservedMebibytes: kube,
          evictionHardMebibytes: eviction,
          ...(split ? { numaMemoryMebibytes: [half, sum - half] } : {}),
        };
        const [infra] = paletteArgsOf(datacenterWith({ cluster: { kubelet } })).profiles;
        const files = nodeFilesOf(infra?.rendered as RenderedProfile);
        const path = "/opt/vmo-metal/worker/etc/kubernetes/kubelet.conf.d/20-vmo.conf";
        const config = parse(files.get(path)?.content ?? "") as {
          reservedMemory: { numaNode: number; limits: { memory: string } }[];
          systemReserved: { memory: string };
          kubeReserved: { memory: string };
          evictionHard: Record<string, string>;
        };
        const amount = (text: string | undefined): number => Number(/^(\d+)Mi$/.exec(text ?? "")?.[1]);
        const reserved = config.reservedMemory.reduce((total, { limits }) => total + amount(limits.memory), 0);
        assert.equal(
          reserved,
          amount(config.systemReserved.memory) +
            amount(config.kubeReserved.memory) +
            amount(config.evictionHard["memory.available"]),
        );
        assert.equal(config.reservedMemory.length, split ? 2 : 1);
      }),
      { numRuns: 40 },
    );
  });

  it("leave the smallest worker cores for pods, or the preflight stops", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 64 }), (cores, last) => {
        const datacenter = datacenterWith({
          cluster: { kubelet: { reservedCores: `0-${last}` }, workers: [{ size: 5, minimum: { cpuCores: cores } }] },
        });
        const stopped = preflight(datacenter, { secrets }).errors.some(({ code }) => code === "CLU012");
        assert.equal(stopped, last + 1 >= cores);
      }),
      { numRuns: 40 },
    );
  });
});
