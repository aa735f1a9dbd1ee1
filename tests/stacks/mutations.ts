import fc from "fast-check";
import { hostileTexts } from "../hostile-texts";
import { publicKey } from "../public-key";
import { minimalDescription, type Settings, withSettings } from "./descriptions";

/** A description in which nearly every setting is written, so that each of them can be broken. */
export function fullDescription(): Settings {
  return withSettings(
    {
      zones: ["az1", "Row 2", "az3"],
      fabric: { name: "datacenter" },
      diskErasing: { onRelease: false, quick: true },
      networks: {
        provisioning: { dhcp: { primaryRack: "rack-1" }, dynamicRanges: ["192.168.1.10-192.168.1.99"] },
        management: {
          name: "nodes",
          dnsServers: ["10.20.0.53"],
          reservedRanges: [{ range: "172.16.0.8-172.16.0.15", comment: "switches" }],
        },
        data: { remote: [{ cidr: "10.99.0.0/16", gateway: "10.20.30.1" }] },
        virtualMachines: { vlans: "21-100,200" },
        loadBalancer: ["10.20.40.10-10.20.40.99"],
      },
      hosts: {
        "control-plane": { machines: ["cp-[1-3]", { hostname: "cp-4", zone: "az1" }] },
        "worker-pool": {
          machines: "worker-[1-6]",
          tags: ["vmo-worker"],
          bond: { mode: "802.3ad", lacpRate: "fast" },
          storage: {
            layout: "lvm",
            rootSize: "100G",
            volumeGroup: "vg0",
            disk: { model: "BOSS", minimumGigabytes: 100 },
          },
        },
      },
      cluster: {
        name: "dc1",
        workers: [
          {
            size: 5,
            minimum: { cpuCores: 16, memoryGigabytes: 64, diskGigabytes: 100 },
            labels: { rack: "r1" },
            taints: [{ key: "a", effect: "NoSchedule" }],
          },
        ],
        identityProvider: { issuerUrl: "https://login.example.com", clientId: "palette" },
        kubelet: { reservedCores: "0-7" },
        sshKeys: [publicKey],
        ntpServers: ["ntp.example.com"],
        certificateAuthorities: ["-----BEGIN CERTIFICATE-----\nQUJDREVG\n-----END CERTIFICATE-----"],
        timezone: "Europe/Berlin",
        osPatch: { schedule: "0 3 * * SUN" },
        bgp: { peerAddress: "10.20.30.1" },
      },
      storage: { storageClass: "fast", portworxNamespace: "portworx", deviceGigabytes: [1024] },
      virtualization: {
        delivery: "profile",
        goldenImagesNamespace: "golden",
        virtualMachineNamespaces: ["shop"],
        networks: [{ name: "web", vlan: 30, namespace: "shop" }, { vlans: "40-41" }, { untagged: true }],
        images: { "dv-own": { operatingSystem: "linux", url: "docker://registry.example.com/a:1", sizeGibibytes: 20 } },
        preferences: { "vmcp-own": "linux" },
        instanceTypes: { "vmit-own": { cpuCores: 2, memoryGibibytes: 2.5 } },
        templates: {
          "vmtemplate-own": {
            image: "dv-own",
            displayName: "Own",
            description: "Mine",
            network: "pod",
            sshKeys: [publicKey],
            publish: { ports: [22] },
          },
        },
        plannedVirtualMachines: [{ count: 10 }],
      },
      silence: [{ code: "NET014", reason: "the switches have no LACP" }],
    },
    minimalDescription(),
  );
}

/** Where something can be changed: the keys that lead there. */
type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, child]) =>
      pathsOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** What is done to one place. */
type Change = { replace: unknown } | { rename: string } | { remove: true } | { twice: true };

function changed(value: unknown, path: Path, change: Change): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return "replace" in change ? change.replace : value;
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => {
      if (index !== key) return [item];
      if (rest.length > 0) return [changed(item, rest, change)];
      if ("remove" in change) return [];
      return "replace" in change ? [change.replace] : [item, item];
    });
  }
  const entries = Object.entries(value as object).flatMap(([name, item]: [string, unknown]): [string, unknown][] => {
    if (name !== key) return [[name, item]];
    if (rest.length > 0) return [[name, changed(item, rest, change)]];
    if ("remove" in change) return [];
    if ("rename" in change) return [[change.rename, item]];
    return "twice" in change
      ? [
          [name, item],
          [`${name}-2`, item],
        ]
      : [[name, change.replace]];
  });
  // As JSON.parse makes it, also for a key such as __proto__.
  return JSON.parse(
    `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${JSON.stringify(item ?? null)}`).join(",")}}`,
  ) as unknown;
}

const numbers = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -1, 0.5, 1e21, 1e-7, 2 ** 53),
);
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    replace: fc.oneof(hostileTexts, numbers, fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 2 })),
  }),
  fc.record({ replace: hostileTexts }),
  fc.record({ rename: fc.oneof(hostileTexts, fc.constantFrom("__proto__", "constructor", "toString", "100", "no")) }),
  fc.constant({ remove: true } as const),
  fc.constant({ twice: true } as const),
);

/** {@link fullDescription} with one to three places broken: other values, other keys, fewer or more of them. */
export const mutatedDescriptions: fc.Arbitrary<unknown> = fc
  .array(fc.tuple(fc.nat(), changes), { minLength: 1, maxLength: 3 })
  .map((list) =>
    list.reduce<unknown>((description, [where, change]) => {
      const paths = pathsOf(description);
      return changed(description, paths[where % paths.length] ?? [], change);
    }, fullDescription()),
  );
