import assert from "node:assert/strict";
import fc from "fast-check";
import { formatProblems } from "../../../stacks/description/problem";
import { readDatacenter } from "../../../stacks/description/read-datacenter";
import { minimalDescription, problemsOf } from "../descriptions";

describe("stacks/description problems name path, value, rule and fix", () => {
  const cases: [string, object, RegExp][] = [
    [
      "a mistyped setting",
      { networks: { data: { gatway: "10.20.30.1" } } },
      /^networks\.data\.gatway: .*did you mean "gateway"\?$/,
    ],
    [
      "an unknown setting",
      { fabric: { colour: "blue" } },
      /^fabric\.colour: there is no setting "colour" here: known here: name$/,
    ],
    [
      "a registry of a layer that no profile has",
      { palette: { registries: { layers: { "lb-metalb-helm": "Mine" } } } },
      /^palette\.registries\.layers\.lb-metalb-helm: .*did you mean "lb-metallb-helm"\?$/,
    ],
    [
      "a secret in the description",
      { maas: { apiKey: "a:b:c" } },
      /^maas\.apiKey: secrets do not belong in the description.*pulumi config set --secret/,
    ],
    [
      "a disk that Palette cannot count",
      { cluster: { workers: [{ minimum: { diskGigabytes: 60.5 } }] } },
      /^cluster\.workers\[0\]\.minimum\.diskGigabytes: 60\.5 does not belong here: write a whole number$/,
    ],
    [
      "an empty root file system",
      { hosts: { "worker-pool": { storage: { rootSize: "0G" } } } },
      /^hosts\.worker-pool\.storage\.rootSize: "0G" is not a size: write a number above 0/,
    ],
    [
      "a fabric's name that is too long",
      { fabric: { name: "f".repeat(300) } },
      /^fabric\.name: "f+\.\.\. has 300 characters, but MAAS takes at most 256$/,
    ],
    [
      "a domain that DNS does not allow",
      { domain: `${"a".repeat(70)}.example.com` },
      /^domain: "a+\.\.\. has a part of 70 characters: DNS allows 63/,
    ],
    [
      "a host range beyond whole numbers",
      { hosts: { "worker-pool": { machines: "x-[99999999999999999999999-100000000000000000000000]" } } },
      /^hosts\.worker-pool\.machines: .*at most 15 digits$/,
    ],
    [
      "a schedule that never comes",
      { cluster: { osPatch: { schedule: "99 99 99 99 99" } } },
      /^cluster\.osPatch\.schedule: "99 99 99 99 99" has "99" for the minute: write \*, 0 to 59/,
    ],
    [
      "an SSH key with a line break",
      { cluster: { sshKeys: ["ssh-ed25519 AAAA\nme"] } },
      /^cluster\.sshKeys\[0\]: "ssh-ed25519 AAAA\\nme" has a line break/,
    ],
    [
      "a storage pool with a line of its own",
      { storage: { powerFlex: { systemId: "1", storagePool: 'pool"\nINJECTED: "x', managers: ["10.0.0.1"] } } },
      /^storage\.powerFlex\.storagePool: "pool\\"\\nINJECTED: \\"x" has a line break or another invisible character/,
    ],
    ["control sequences in a value", { fabric: { name: "\u001b[2K" } }, /^fabric\.name: "\\u001b\[2K" is not a name/],
    [
      "control sequences in a key",
      { fabric: { "\u001b[2K": 1 } },
      /^fabric\.\\x1b\[2K: there is no setting "\\u001b\[2K" here/,
    ],
    [
      "a macro of Palette in a template that a profile delivers",
      {
        virtualization: {
          delivery: "profile",
          templates: {
            "vmtemplate-ubuntu-2204": { image: "dv-ubuntu-2204", description: "{{ .spectro.system.uid }}" },
          },
        },
      },
      /^virtualization\.templates\.vmtemplate-ubuntu-2204\.description: .* begins a macro of Palette.*delivery: objects$/,
    ],
    [
      "a key that JavaScript takes for a prototype",
      { fabric: JSON.parse('{"__proto__": {"name": "x"}}') as object },
      /^fabric\.__proto__: there is no setting "__proto__" here/,
    ],
    [
      "an issuer that is not encrypted",
      { cluster: { identityProvider: { issuerUrl: "http://login.example.com", clientId: "a" } } },
      /^cluster\.identityProvider\.issuerUrl: .*Kubernetes wants https/,
    ],
    ["a missing setting", { maas: null }, /^maas: null does not belong here: write settings/],
    [
      "a number in quotes",
      { networks: { management: { vlan: "10" } } },
      /^networks\.management\.vlan: is the text "10": write it without quotes$/,
    ],
    [
      "a version without quotes",
      { cluster: { versions: { operatingSystem: 22.04 } } },
      /^cluster\.versions\.operatingSystem: is the number 22.04: put it in quotes/,
    ],
    [
      "a word that is not an option",
      { storage: { provider: "portworx" } },
      /^storage\.provider: "portworx" is not one of .*$/,
    ],
    [
      "an octal-looking address",
      { networks: { data: { gateway: "10.20.030.1" } } },
      /^networks\.data\.gateway: "10\.20\.030\.1" has "030", which can be read as octal/,
    ],
    [
      "a broken network",
      { networks: { pods: "100.64.0.0/40" } },
      /^networks\.pods: "100\.64\.0\.0\/40" has the prefix "40"/,
    ],
    [
      "a VLAN out of bounds",
      { networks: { data: { vlan: 4095 } } },
      /^networks\.data\.vlan: 4095 is too big: write at most 4094$/,
    ],
    [
      "a VLAN set",
      { networks: { virtualMachines: { vlans: "21..100" } } },
      /^networks\.virtualMachines\.vlans: "21\.\.100" has/,
    ],
    [
      "a MAAS address without /MAAS",
      { maas: { url: "http://maas:5240" } },
      /^maas\.url: .*write http:\/\/maas:5240\/MAAS/,
    ],
    [
      "a certificate that is none",
      { palette: { caCertificate: "/etc/ca.pem" } },
      /^palette\.caCertificate: is not a PEM certificate: it starts with -----BEGIN CERTIFICATE-----$/,
    ],
    [
      "a time zone that is none",
      { cluster: { timezone: "Mars/Olympus" } },
      /^cluster\.timezone: "Mars\/Olympus" is not a time zone: write area and city, like Europe\/Berlin$/,
    ],
    [
      "a label's key that Kubernetes refuses",
      { cluster: { controlPlane: { labels: { "my rack": "r1" } } } },
      /^cluster\.controlPlane\.labels\.my rack: "my rack" is no key that Kubernetes takes/,
    ],
    [
      "a label's value that Kubernetes refuses",
      { cluster: { controlPlane: { labels: { rack: "r 1" } } } },
      /^cluster\.controlPlane\.labels\.rack: "r 1" is no value that Kubernetes takes/,
    ],
    [
      "a taint's key that Kubernetes refuses",
      { cluster: { controlPlane: { taints: [{ key: "a/b/c", effect: "NoSchedule" }] } } },
      /^cluster\.controlPlane\.taints\[0\]\.key: "a\/b\/c" is no key that Kubernetes takes/,
    ],
    [
      "a NIC twice in a bond",
      { hosts: { "worker-pool": { machines: "worker-[1-6]", nics: { bond_mgmt: ["eno1", "eno1"] } } } },
      /^hosts\.worker-pool\.nics\.bond_mgmt\[1\]: "eno1" stands in this list already: leave one/,
    ],
    [
      "a word where there are some words and a form",
      { cluster: { identityProvider: "google" } },
      /^cluster\.identityProvider: "google" does not belong here: write palette or none or settings \(key: value\)$/,
    ],
    ["a zone twice", { zones: ["az1", "az2", "az1"] }, /^zones\[2\]: "az1" stands in this list already: leave one/],
    [
      "a range of hosts upside down",
      { hosts: { "worker-pool": { machines: "worker-[6-1]" } } },
      /^hosts\.worker-pool\.machines: .*starts after its end: write \[1-6\]$/,
    ],
    [
      "a machine said twice over",
      { hosts: { "worker-pool": { machines: [{ hostname: "a", tag: "b" }] } } },
      /^hosts\.worker-pool\.machines\[0\]: does not say which machine/,
    ],
    [
      "a machine list's broken item",
      { hosts: { "worker-pool": { machines: ["a", "b.example.com"] } } },
      /^hosts\.worker-pool\.machines\[1\]: "b\.example\.com" has a dot/,
    ],
    [
      "a mistyped setting of a machine",
      { hosts: { "worker-pool": { machines: [{ hostname: "a", zonne: "az1" }] } } },
      /^hosts\.worker-pool\.machines\[0\]\.zonne: .*did you mean "zone"\?/,
    ],
    [
      "an interface name that is too long",
      { hosts: { "worker-pool": { nics: { bond_management_10: ["a"] } } } },
      /^hosts\.worker-pool\.nics\.bond_management_10: .*15/,
    ],
    ["a cluster name that is too long", { cluster: { name: "a".repeat(33) } }, /^cluster\.name: .*1 to 32/],
    [
      "a datacenter's name that its cluster cannot have",
      { name: "1-amsterdam" },
      /^cluster\.name: "1-amsterdam", the datacenter's name, is not a cluster name: .*a letter first.*Write one here$/,
    ],
    [
      "CPUs that are no set",
      { cluster: { kubelet: { reservedCores: "0..7" } } },
      /^cluster\.kubelet\.reservedCores: "0\.\.7" has/,
    ],
    ["a list that is none", { zones: "az1" }, /^zones: "az1" does not belong here: write a list$/],
    ["an empty list", { zones: [] }, /^zones: \[\] is too small: write at least 1 of them$/],
    [
      "a silence without a reason",
      { silence: [{ code: "NET009", reason: "no" }] },
      /^silence\[0\]\.reason: "no" is not a reason/,
    ],
    [
      "an image checksum",
      { virtualization: { images: { a: { operatingSystem: "linux", url: "https://a/b", checksum: "md5" } } } },
      /^virtualization\.images\.a\.checksum: "md5" is not a checksum/,
    ],
    [
      "a template without an image",
      { virtualization: { templates: { a: { image: "nope" } } } },
      /^virtualization\.templates\.a\.image: there is no golden image "nope"/,
    ],
    [
      "an image of no operating system",
      { virtualization: { images: { a: { upload: true } } } },
      /^virtualization\.images\.a\.operatingSystem: is missing/,
    ],
    [
      "a pool without a size of its own",
      { cluster: { workers: [{ name: "a" }, { name: "b", size: 2 }] } },
      /^cluster\.workers\[0\]\.size: is missing: 2 pools/,
    ],
  ];
  for (const [name, changes, expected] of cases) {
    it(name, () => {
      const problems = problemsOf({ ...changes });
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", expected);
    });
  }

  it("all at once, under the whole configuration key", () => {
    const reading = readDatacenter({ name: "dc1", zones: [] });
    assert.ok(!reading.ok);
    assert.match(
      formatProblems(reading.problems),
      /vmo-metal:datacenter\.maas: is missing: add "maas"[\s\S]*vmo-metal:datacenter\.hosts: is missing/,
    );
  });

  it("never shows credentials", () => {
    const [line = ""] = problemsOf({ maas: { url: "http://admin:hunter2@maas:5240/MAAS" } });
    assert.match(line, /holds credentials/);
    assert.doesNotMatch(line, /hunter2/);
  });

  it("reads any JSON without throwing, and says something about it", () => {
    const base = minimalDescription();
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(base), "networks", "cluster", "zones"),
        fc.jsonValue(),
        (key, value) => {
          const reading = readDatacenter({ ...base, [key]: value });
          assert.ok(reading.ok || reading.problems.every(({ message }) => message.length > 0));
        },
      ),
    );
  });

  it("reads nonsense without throwing", () => {
    for (const input of [undefined, null, 7, "text", [], { name: {} }, { maas: [], hosts: [[]] }])
      assert.equal(readDatacenter(input).ok, false);
  });
});
