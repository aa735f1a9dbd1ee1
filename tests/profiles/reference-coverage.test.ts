import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const project = join(__dirname, "../..");
const architecture = join(project, "../shared/reference-architecture.txt");

/** What the document says that is no setting: headings of its tables, remarks, and what no API can tell or change. */
const noSetting: readonly RegExp[] = [
  /^(#|Component|Minimum spec|Recommended|Remarks|Setting|Value|Version|Release date|Change summary|Feature|Configuration)/,
  /^(Network|Network CIDR|VLAN ID|Interface|Type|Consisting of|VLAN|CIDR|Gateway|None|native|N\/A|Physical port|Name in OS|Purpose|Switchport)/,
  /^(Storage Provider|RWX for|Name\(s\)|Manifest|Pack (Type|Name|Version)|Registry|Access|Values|Install order|Modified from|Set using)/,
  // The switch, the rack and the array are nobody's to configure here.
  /^(NIC \d, Port|Trunk|PXE Boot|Management network|Data network|2U rackmount|Server|Needs to fit|Storage Adapters|2x 16)/,
  /^(A sample|VM preferences for|A storage profile|Cannot use|Configures Portworx|Informs Portworx|Ensures quick|Tune storageclass)/,
  /^(Align|Recommended approach|Separate pools|If your hardware|In accordance|Recommend to use|This setting must|Pod overlay runs)/,
  /^(System App|Load balanc(er|ing)|Monitoring|Ingress|OS|Kubernetes|Storage|ConfigMap)$/i,
  // Columns of its version table that say what a product is for.
  /^(Software product|Operating System|Virtualization UI|Storage Snapshotting|Cluster balancing)$/,
];

/** Other words of this page for what the document says, by how that begins. */
const otherWords: Readonly<Record<string, string>> = {
  "10:1 overcommitment of CPU by default": "10:1 overcommitment of CPU",
  "Intel/AMD x64 CPU with 8 cores": "Worker, minimum: 8 cores",
  "Intel/AMD x64 CPU with 48+ cores": "Worker, recommended: 48 cores",
  "256 GB or more": "256 GB",
  "2x 10 Gbps (data+mgmt)": "2 x 10 Gbps",
  "2x 10Gbps (data) 2x 10Gbps (mgmt)": "or 2 for each",
  "Local disk for OS boot": "a local disk for OS boot",
  "Local disk for OS boot (SAN boot supported)": "SAN boot supported",
  "Memory (GB)": "4 cores, 8 GB",
  "22.04 LTS": "Canonical Ubuntu",
  "0 (native)": "VLAN 0",
  "Bond (802.3ad)": "is 802.3ad",
  "enp1s0 enp2s0": "enp1s0 and enp2s0",
  "enp1s1 enp2s1": "enp1s1 and enp2s1",
  "Kubernetes hosts (mgmt)": "Kubernetes hosts",
  "End user access (data)": "End user access",
  "Pod overlay network": "Pod CIDR",
  "Cluster services network": "Service CIDR",
  "Existing VLANs for VMs": "VLANs for VMs",
  "21 - 100": "21-100",
  "Piraeus (Appliance/Agent mode only)": "Piraeus, appliance and agent mode only",
  "Portworx CSI (for FlashArray DA)": "Portworx CSI (FlashArray DA)",
  "PURE_FLASHARRAY_SAN_TY PE = FC": "PURE_FLASHARRAY_SAN_TYPE FC",
  "- size=1024": "size=1024",
  "1(or more) 1TB disks for data": "deviceSpecs 1024 GB",
  "[# of worker nodes]": "number of workers",
  AZs: "Availability zones",
  "Machines → Machine network configuration": "bond_mgmt of enp1s0",
  "Machines → Machine storage configuration": "Only the OS disk is configured",
  "Only configure OS disk": "Only the OS disk is configured",
  "Bond and Bridge interfaces configured for worker nodes": "br0 on bond_data",
  "Settings → Storage": "Erase disks prior to releasing",
  "“Erase nodes’ disks prior to releasing” = disabled": "Erase disks prior to releasing: disabled",
  "PX Enterprise": "License Models:px-enterprise",
  "This is a CAPI or Appliance mode cluster": "CAPI or Appliance mode cluster",
  "For Multi-Node Cluster": "multi-node",
  "HTTP(S) Proxy": "HTTP(S) Proxy and Custom CA certs",
  "<not enabled>": "not enabled",
  "cat pure.json | base64": "cat pure.json, piped to base64",
  "172.16.200.50": "px-pure-secret",
  "Up to 235 VMs per node": "235 VMs per node",
  "192.168.0.0/22 (Auto assign)": "Auto assign in the PXE subnet",
  systemd: "kube.slice",
};

/** The document's terms that a row should be about: what stands in `code`, in cells of its tables, versions, and networks. */
function terms(text: string): string[] {
  const body = text.slice(text.indexOf("\nOverview\n"));
  const found = [
    ...[...body.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code),
    ...body
      .split("\n")
      .filter((line) => line.includes("\t"))
      .flatMap((line) => line.split("\t")),
    ...(body.match(/\b\d+\.\d+\.\d+(\.\d+\/\d+)?\b/g) ?? []),
  ];
  return [...new Set(found.map((term) => term.trim()).filter((term) => term !== ""))];
}

/** Whether the page is about a term: in these words, in others, by its parts, or by the last key of a path. */
function isCovered(term: string, page: string): boolean {
  if (noSetting.some((pattern) => pattern.test(term))) return true;
  const has = (words: string): boolean => page.includes(words.toLowerCase());
  const [, other] = Object.entries(otherWords).find(([start]) => term.startsWith(start)) ?? [];
  const plain = term.replace(/ \(installed by VMO pack\)| or higher/, "").replace(/["“”]/g, "");
  if (has(other ?? plain) || has(plain.split(".").at(-1) ?? plain)) return true;
  const parts = plain.split(/[:\s]+/).filter((part) => part.length > 3 && !part.startsWith("("));
  return parts.length > 1 && parts.every((part) => has(part) || has(part.split(".").at(-1) ?? part));
}

describe("docs/reference-architecture.md, against the document", () => {
  it("has a row for what the document sets", function () {
    if (!existsSync(architecture)) {
      console.log("      not checked here: ../shared/reference-architecture.txt is missing");
      return this.skip();
    }
    const page = readFileSync(join(project, "docs/reference-architecture.md"), "utf8")
      .replaceAll("~", ".")
      .toLowerCase();
    const all = terms(readFileSync(architecture, "utf8"));
    assert.ok(all.length > 250, String(all.length));
    assert.deepEqual(
      all.filter((term) => !isCovered(term, page)),
      [],
    );
  });
});
