import type { MachineFacts } from "../../providers/maas/look-ups/machine-facts";
import type { SiteFacts } from "../../stacks/preflight/site-facts";

const hostnames = [
  ...Array.from({ length: 4 }, (_, index) => `cp-${index + 1}`),
  ...Array.from({ length: 6 }, (_, index) => `worker-${index + 1}`),
  "other-1",
];

/** A Ready machine of the class that its hostname says: 2 NICs on a control plane, 4 on others. Its system id is the hostname without dashes. */
export function machineFact(hostname: string): MachineFacts {
  const controlPlane = hostname.startsWith("cp-");
  const nics = controlPlane ? ["enp1s0", "enp2s0"] : ["enp1s0", "enp2s0", "enp1s1", "enp2s1"];
  const index = hostnames.indexOf(hostname);
  const interfaces = nics.map((name, position) => ({
    name,
    type: "physical",
    macAddress: `52:54:00:00:${index.toString(16).padStart(2, "0")}:0${position}`,
    vid: 0,
    fabric: "fabric-0",
    linkSpeedMbps: controlPlane ? 10_000 : 25_000,
    linkConnected: true,
    parents: [],
  }));
  return {
    systemId: hostname.replaceAll("-", ""),
    hostname,
    fqdn: `${hostname}.maas`,
    tags: [],
    macAddresses: interfaces.map(({ macAddress }) => macAddress),
    status: 4,
    statusName: "Ready",
    statusMessage: "",
    locked: false,
    owner: "",
    pool: "default",
    zone: "default",
    domain: "maas",
    description: "",
    architecture: "amd64/generic",
    powerType: "ipmi",
    powerState: "off",
    cpuCount: controlPlane ? 8 : 48,
    memoryMebibytes: controlPlane ? 16_384 : 262_144,
    bootMacAddress: interfaces[0]?.macAddress ?? "",
    interfaces,
    disks: [
      {
        id: 1,
        name: "sda",
        idPath: "/dev/disk/by-id/ata-1",
        serial: "S1",
        model: "SSD",
        sizeBytes: 480e9,
        type: "physical",
        tags: [],
        boot: true,
      },
    ],
  };
}

/** What the look-ups find at a site that fits the minimal description; `change` may alter each machine. */
export function siteFacts(change: (machine: MachineFacts) => MachineFacts = (machine) => machine): SiteFacts {
  return {
    maas: {
      machines: hostnames.map(machineFact).map(change),
      images: [{ name: "ubuntu/jammy", architecture: "amd64", type: "Synced", complete: true }],
      rackControllers: [{ systemId: "rack01", hostname: "rack-1", vlans: ["fabric-0/0"], deadServices: [] }],
    },
    palette: {
      projects: ["vmo"],
      gateways: [{ name: "dc1-gateway", running: true, state: "Running" }],
      clusterState: "Running",
    },
  };
}
