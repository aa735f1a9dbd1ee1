import assert from "node:assert/strict";
import { readDatacenter } from "../../../stacks/description/read-datacenter";
import { datacenterWith, minimalDescription, problemsOf, withSettings } from "../descriptions";

describe("stacks/description/read-datacenter", () => {
  describe("defaults", () => {
    it("are the reference architecture's networks", () => {
      const { networks, zones, fabric, diskErasing } = datacenterWith();
      const rows = [networks.provisioning, networks.management, networks.data].map(({ vlan, cidr, gateway }) => [
        vlan,
        cidr,
        gateway,
      ]);
      assert.deepEqual(rows, [
        [0, "192.168.0.0/22", null],
        [10, "172.16.0.0/22", null],
        [20, "10.20.0.0/16", "10.20.30.1"],
      ]);
      assert.deepEqual([networks.pods, networks.services], ["100.64.0.0/18", "100.64.64.0/18"]);
      assert.deepEqual(networks.virtualMachines, {
        vlans: "21-100",
        asMaasObjects: false,
        mtu: 1500,
        mtuDescribed: false,
      });
      assert.deepEqual([zones, fabric.name, diskErasing.onRelease], [["az1", "az2", "az3"], "datacenter", false]);
    });

    it("are the reference architecture's storage", () => {
      const { storage } = datacenterWith();
      assert.deepEqual(
        [storage.provider, storage.accessMode, storage.volumeMode],
        ["portworx-flasharray", "ReadWriteMany", "Block"],
      );
      assert.deepEqual(
        [
          storage.portworx.license,
          storage.portworx.sanType,
          storage.portworx.deviceGigabytes,
          storage.portworx.metadataDeviceGigabytes,
        ],
        ["enterprise", "FC", [1024], 64],
      );
    });

    it("keep one spare machine of each pool", () => {
      const { cluster } = datacenterWith();
      assert.equal(cluster?.controlPlane.size, 3);
      assert.equal(cluster.workers[0]?.size, 5);
    });

    it("use all machines where local disks keep nodes on their machines", () => {
      const { cluster } = datacenterWith({ storage: { provider: "rook-ceph" } });
      assert.deepEqual([cluster?.workers[0]?.size, cluster?.workers[0]?.updateStrategy], [6, "RollingUpdateScaleIn"]);
      assert.equal(cluster?.controlPlane.updateStrategy, "RollingUpdateScaleOut");
    });

    it("ask for the least hardware of the tables, with the reserved cores on top", () => {
      const { cluster } = datacenterWith();
      assert.deepEqual(cluster?.controlPlane.minimum, { cpuCores: 4, memoryMebibytes: 8192, diskGigabytes: 60 });
      assert.deepEqual(cluster.workers[0]?.minimum, { cpuCores: 16, memoryMebibytes: 24_576, diskGigabytes: 60 });
      const many = datacenterWith({ cluster: { namespaces: 800 } });
      assert.deepEqual(many.cluster?.controlPlane.minimum.cpuCores, 8);
    });

    it("make the reference architecture's virtualization objects", () => {
      const { virtualization } = datacenterWith();
      const names = (list: readonly { name: string }[] = []): string[] => list.map(({ name }) => name);
      assert.deepEqual(names(virtualization?.networks), ["nad-vlan-30", "nad-vlan-untagged"]);
      assert.deepEqual(names(virtualization?.images), ["dv-ubuntu-2204", "dv-windows-2022"]);
      assert.deepEqual(names(virtualization?.preferences), ["vmcp-generic-linux", "vmcp-generic-windows"]);
      assert.deepEqual(names(virtualization?.templates), ["vmtemplate-ubuntu-2204", "vmtemplate-windows-2022"]);
      assert.deepEqual(virtualization?.templates[1]?.preference, "vmcp-generic-windows");
    });

    it("protect everything but the datacenter named dev", () => {
      assert.equal(datacenterWith().protect, true);
      assert.equal(datacenterWith({ name: "dev" }).protect, false);
      assert.equal(datacenterWith({ name: "dev", protect: true }).protect, true);
    });
  });

  describe("normalising", () => {
    it("clears host bits and says so, once per network", () => {
      const reading = readDatacenter(
        withSettings({
          networks: {
            pods: "100.64.3.0/18",
            management: { remote: [{ cidr: "10.99.1.0/16", gateway: "172.16.0.1" }] },
          },
        }),
      );
      assert.ok(reading.ok);
      assert.deepEqual(
        reading.notes.map(({ path, message }) => `${path}: ${message.split(",")[0]}`),
        [
          "networks.management.remote[0].cidr: 10.99.1.0/16 is written as 10.99.0.0/16",
          "networks.data.cidr: 10.20.30.0/16 is written as 10.20.0.0/16",
          "networks.pods: 100.64.3.0/18 is written as 100.64.0.0/18",
        ],
      );
    });

    it("gives one form to VLAN sets, ranges and Palette's address", () => {
      const datacenter = datacenterWith({
        palette: { url: "api.spectrocloud.com" },
        networks: { virtualMachines: { vlans: "200, 21-99,100" }, loadBalancer: ["10.20.40.0/28"] },
      });
      assert.equal(datacenter.networks.virtualMachines.vlans, "21-100,200");
      assert.deepEqual(datacenter.networks.loadBalancer, [{ start: "10.20.40.0", end: "10.20.40.15" }]);
      assert.equal(datacenter.palette?.url, "https://api.spectrocloud.com");
      assert.equal(
        datacenterWith({ networks: { virtualMachines: { vlans: 30 } } }).networks.virtualMachines.vlans,
        "30",
      );
    });
  });

  describe("hosts", () => {
    const hostsOf = (machines: unknown, group: object = {}) =>
      datacenterWith({ hosts: { "worker-pool": { machines, ...group } } }).hostGroups.find(
        ({ name }) => name === "worker-pool",
      )?.hosts ?? [];

    it("are spread over the zones round robin", () => {
      assert.deepEqual(
        hostsOf("worker-[1-4]").map(({ name, zone }) => [name, zone]),
        [
          ["worker-1", "az1"],
          ["worker-2", "az2"],
          ["worker-3", "az3"],
          ["worker-4", "az1"],
        ],
      );
      assert.deepEqual(
        hostsOf(["worker-[1-3]"], { zones: ["az3", "az1"] }).map(({ zone }) => zone),
        ["az3", "az1", "az3"],
      );
    });

    it("stay in their zones when one of them is given another", () => {
      const machines = ["worker-1", { hostname: "worker-2", zone: "az1" }, "worker-[3-5]"];
      assert.deepEqual(
        hostsOf(machines).map(({ zone }) => zone),
        ["az1", "az1", "az3", "az1", "az2"],
      );
    });

    it("take settings from their group, and win over it", () => {
      const [first, second] = hostsOf(
        [
          "worker-1",
          {
            hostname: "worker-2",
            layout: "two-nic",
            bonds: { bond0: { mtu: 1500 } },
            storage: { disk: { serial: "S1" } },
          },
        ],
        {
          layout: "six-nic",
          bond: { mode: "active-backup", mtu: 9000 },
          storage: { layout: "lvm", sanBoot: true, disk: { model: "M" } },
        },
      );
      assert.deepEqual(
        [first?.layout, first?.bond.mode, first?.bond.mtu, first?.bond.lacpRate],
        ["six-nic", "active-backup", 9000, "fast"],
      );
      assert.deepEqual([second?.layout, second?.bonds], ["two-nic", { bond0: { mtu: 1500 } }]);
      assert.deepEqual(
        [second?.storage.layout, second?.storage.sanBoot, second?.storage.disk.serial, second?.storage.disk.model],
        ["lvm", true, "S1", null],
      );
    });

    it("are found by hostname, system id, MAC address or tag", () => {
      const hosts = hostsOf([
        "worker-1",
        { systemId: "abc123" },
        { macAddress: "52-54-00-0B-6D-8C" },
        { tag: "rack-7" },
        "worker-5",
      ]);
      assert.deepEqual(
        hosts.map(({ name, find }) => [name, find]),
        [
          ["worker-1", { hostname: "worker-1" }],
          ["abc123", { systemId: "abc123" }],
          ["52-54-00-0b-6d-8c", { macAddress: "52:54:00:0b:6d:8c" }],
          ["rack-7", { tag: "rack-7" }],
          ["worker-5", { hostname: "worker-5" }],
        ],
      );
    });

    it("choose NICs by name, MAC address or speed", () => {
      const nics = { bond_mgmt: ["eno1", "52:54:00:0b:6d:8c"], bond_data: [{ speedMbps: 25000 }] };
      assert.deepEqual(hostsOf("worker-[1-5]", { nics })[0]?.nics, {
        bond_mgmt: [{ name: "eno1" }, { macAddress: "52:54:00:0b:6d:8c" }],
        bond_data: [{ speedMbps: 25000 }],
      });
    });

    it("have the control plane's layout in the control plane's group", () => {
      const datacenter = datacenterWith({
        hosts: { managers: { machines: "m-[1-4]" } },
        cluster: { controlPlane: { hostGroup: "managers" } },
      });
      assert.deepEqual(
        datacenter.hostGroups.map(({ name, hosts }) => [name, hosts[0]?.layout]),
        [
          ["control-plane", "four-nic"],
          ["worker-pool", "four-nic"],
          ["managers", "control-plane"],
        ],
      );
    });
  });

  describe("virtualization", () => {
    it("makes one network per VLAN of a range", () => {
      const { virtualization } = datacenterWith({
        virtualization: { networks: [{ vlans: "21-22,40" }, { name: "native", untagged: true, namespace: "apps" }] },
      });
      assert.deepEqual(virtualization?.networks, [
        { name: "nad-vlan-21", namespace: "default", vlan: 21 },
        { name: "nad-vlan-22", namespace: "default", vlan: 22 },
        { name: "nad-vlan-40", namespace: "default", vlan: 40 },
        { name: "native", namespace: "apps", vlan: null },
      ]);
    });

    it("takes a default image away together with its template", () => {
      const { virtualization } = datacenterWith({ virtualization: { images: { "dv-windows-2022": false } } });
      assert.deepEqual(
        virtualization?.images.map(({ name }) => name),
        ["dv-ubuntu-2204"],
      );
      assert.deepEqual(
        virtualization?.templates.map(({ name }) => name),
        ["vmtemplate-ubuntu-2204"],
      );
    });

    it("adds images and templates of one's own", () => {
      const { virtualization } = datacenterWith({
        virtualization: {
          images: {
            "dv-debian": {
              operatingSystem: "linux",
              url: "https://images.example.com/debian.qcow2",
              sizeGibibytes: 10,
            },
          },
          templates: { debian: { image: "dv-debian", network: "pod", cpuCores: 1 } },
        },
      });
      const template = virtualization?.templates.find(({ name }) => name === "debian");
      assert.deepEqual(
        [template?.preference, template?.network, template?.diskGibibytes],
        ["vmcp-generic-linux", null, 10],
      );
    });

    it("has default networks that exist when VLAN 30 does not", () => {
      const { virtualization } = datacenterWith({ networks: { virtualMachines: { vlans: "200-210" } } });
      assert.deepEqual(
        virtualization?.networks.map(({ vlan }) => vlan),
        [200, null],
      );
    });
  });

  it("takes a template's network as name or namespace/name, each of which Kubernetes takes", () => {
    const problems = (network: string): string[] =>
      problemsOf({ virtualization: { templates: { "vmtemplate-ubuntu-2204": { network } } } });
    for (const network of ["nad-vlan-30", "default/nad-vlan-30", "pod"]) assert.deepEqual(problems(network), []);
    for (const network of ["a..b", "shop/", "/a", "a/b/c", "Shop/a", "a.b/c", "a".repeat(254)]) {
      assert.match(problems(network).join(), /templates\.vmtemplate-ubuntu-2204\.network: .* is not a name/, network);
    }
  });

  describe("metal only", () => {
    it("has no cluster and no virtualization", () => {
      const { palette: _palette, storage: _storage, virtualization: _virtualization, ...metal } = minimalDescription();
      const reading = readDatacenter(metal);
      assert.ok(reading.ok);
      assert.deepEqual(
        [reading.datacenter.palette, reading.datacenter.cluster, reading.datacenter.virtualization],
        [null, null, null],
      );
    });

    it("refuses settings that nothing would read", () => {
      assert.deepEqual(
        problemsOf({ palette: null }).map((line) => line.split(":")[0]),
        ["storage", "virtualization"],
      );
    });
  });
});
