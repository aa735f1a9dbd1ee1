import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { cloudInitUserData } from "../../../../components/virtualization/objects/cloud-init";
import { cloneRights } from "../../../../components/virtualization/objects/clone-right";
import { linuxPreference, windowsPreference } from "../../../../components/virtualization/objects/cluster-preference";
import { goldenImage } from "../../../../components/virtualization/objects/data-volume";
import { instanceType } from "../../../../components/virtualization/objects/instance-type";
import {
  networkAttachmentDefinition,
  networkAttachmentDefinitionText,
} from "../../../../components/virtualization/objects/network-attachment-definition";
import { publishedPorts, serviceName } from "../../../../components/virtualization/objects/published-ports";
import { storageProfile } from "../../../../components/virtualization/objects/storage-profile";
import { sysprepData } from "../../../../components/virtualization/objects/sysprep";
import { virtualMachineFromTemplate } from "../../../../components/virtualization/objects/virtual-machine";
import { vmTemplate, type VmTemplateArgs } from "../../../../components/virtualization/objects/vm-template";
import { manifestProblems } from "../../../../components/virtualization/rules/manifest-rules";
import { at, listAt, textAt } from "../../../../components/virtualization/rules/tree";
import { hostileTexts } from "../../../hostile-texts";

const template: VmTemplateArgs = {
  name: "vmtemplate-ubuntu-2204",
  displayName: "Ubuntu 22.04",
  description: "",
  image: { name: "dv-ubuntu-2204", namespace: "vmo-golden-images" },
  diskSize: "50Gi",
  storageClass: "fast",
  preference: "vmcp-generic-linux",
  size: { cpuCores: 2, memoryGibibytes: 4 },
  network: { attachment: { namespace: "default", name: "nad-vlan-30" } },
  firstBoot: { cloudInitSecret: "init" },
};

describe("NetworkAttachmentDefinition", () => {
  const args = { name: "nad-vlan-30", namespace: "default", vlan: 30, bridge: "br0" };

  it("has name, bridge and VLAN on the lines that the reference architecture names", () => {
    const lines = networkAttachmentDefinitionText(args).split("\n");
    assert.match(lines[3] ?? "", /name: nad-vlan-30/);
    assert.match(lines[9] ?? "", /"name": "nad-vlan-30"/);
    assert.match(lines[11] ?? "", /"bridge": "br0"/);
    assert.match(lines[12] ?? "", /"vlan": 30/);
  });

  it("gives the VM's port the MTU that is asked for, and none otherwise", () => {
    const mtuOf = (mtu?: number): unknown =>
      (
        JSON.parse(
          textAt(networkAttachmentDefinition({ ...args, ...(mtu === undefined ? {} : { mtu }) })["spec"], "config") ??
            "",
        ) as { mtu?: unknown }
      ).mtu;
    assert.deepEqual([mtuOf(9000), mtuOf()], [9000, undefined]);
  });

  it("has no VLAN, and leaves the port its default one, for the untagged VLAN", () => {
    const { vlan: _vlan, ...untagged } = args;
    const config: unknown = JSON.parse(textAt(networkAttachmentDefinition(untagged)["spec"], "config") ?? "");
    assert.deepEqual(Object.keys(config as object), ["cniVersion", "name", "type", "bridge", "ipam"]);
  });

  it("has any name and namespace as strings, in both YAML versions and in the CNI configuration", () => {
    fc.assert(
      fc.property(hostileTexts, hostileTexts, (name, namespace) => {
        const text = networkAttachmentDefinitionText({ ...args, name, namespace });
        for (const version of ["1.1", "1.2"] as const) {
          const read = parse(text, { version }) as { metadata: unknown; spec: { config: string } };
          assert.deepEqual(read.metadata, { name, namespace });
          assert.equal((JSON.parse(read.spec.config) as { name: unknown }).name, name);
        }
        assert.equal(networkAttachmentDefinition({ ...args, name, namespace }).metadata.name, name);
      }),
    );
  });
});

describe("cloud-init user data", () => {
  it("is the same data in both YAML versions, whatever keys and password are", () => {
    fc.assert(
      fc.property(hostileTexts, hostileTexts, (key, password) => {
        const text = cloudInitUserData({ user: "no", sshKeys: [key], password });
        assert.ok(text.startsWith("#cloud-config\n"));
        for (const version of ["1.1", "1.2"] as const) {
          const { users } = parse(text, { version }) as { users: Record<string, unknown>[] };
          assert.deepEqual(
            [users[0]?.["name"], users[0]?.["ssh_authorized_keys"], users[0]?.["plain_text_passwd"]],
            ["no", [key], password],
          );
        }
      }),
    );
  });
});

describe("the right to clone golden images", () => {
  const args = { images: [{ namespace: "vmo-golden-images" }], owner: "dc1" };

  it("is one of the service account of every namespace with machines, for exactly what KubeVirt asks", () => {
    const [role, binding] = cloneRights({ ...args, virtualMachineNamespaces: ["default", "shop"] });
    assert.deepEqual(role?.["rules"], [
      { apiGroups: ["cdi.kubevirt.io"], resources: ["datavolumes/source"], verbs: ["create"] },
    ]);
    assert.deepEqual(
      listAt(binding, "subjects").map((subject) => [
        at(subject, "kind"),
        at(subject, "namespace"),
        at(subject, "name"),
      ]),
      [
        ["ServiceAccount", "default", "default"],
        ["ServiceAccount", "shop", "default"],
      ],
    );
    assert.equal(textAt(binding, "roleRef", "name"), role?.metadata.name);
  });

  it("is not needed inside one namespace", () => {
    assert.deepEqual(cloneRights({ ...args, virtualMachineNamespaces: ["vmo-golden-images"] }), []);
  });
});

describe("DataVolume", () => {
  const args = { name: "a", namespace: "b", size: "50Gi", storageClass: "fast" };
  const sources = [
    { http: { url: "https://images.example.com/a.qcow2" } },
    { registry: { url: "docker://registry.example.com/a:1" } },
    { pvc: { name: "c", namespace: "d" } },
    { upload: {} },
  ];

  it("imports at once, by every source, leaving modes to the StorageProfile", () => {
    for (const source of sources) {
      const image = goldenImage({ ...args, source });
      assert.deepEqual(manifestProblems([image]), []);
      assert.equal(image.metadata.annotations?.["cdi.kubevirt.io/storage.bind.immediate.requested"], "true");
      assert.equal(at(image["spec"], "storage", "accessModes"), undefined);
    }
  });

  it("keeps the checksum that the image was pinned to", () => {
    const image = goldenImage({ ...args, source: { upload: {} }, checksum: "sha256:1" });
    assert.equal(image.metadata.annotations?.["vmo-metal/image-checksum"], "sha256:1");
  });
});

describe("StorageProfile", () => {
  it("has the name of its storage class, ReadWriteMany with Block, and fast clones", () => {
    assert.deepEqual(storageProfile({ storageClass: "fast" }), {
      apiVersion: "cdi.kubevirt.io/v1beta1",
      kind: "StorageProfile",
      metadata: { name: "fast" },
      spec: {
        claimPropertySets: [{ accessModes: ["ReadWriteMany"], volumeMode: "Block" }],
        cloneStrategy: "csi-clone",
      },
    });
  });
});

describe("preferences and instance types", () => {
  it("let the Descheduler move machines, and pass KubeVirt's rules", () => {
    for (const preference of [linuxPreference("l"), windowsPreference("w")]) {
      const annotation = at(preference["spec"], "annotations", "descheduler.alpha.kubernetes.io/evict");
      assert.equal(annotation, "true");
      assert.deepEqual(manifestProblems([preference], { featureGates: ["VMPersistentState"] }), []);
    }
  });

  it("leave every machine a console, and Windows a pointer that works", () => {
    for (const preference of [linuxPreference("l"), windowsPreference("w")]) {
      assert.equal(at(preference["spec"], "devices", "preferredAutoattachGraphicsDevice"), undefined);
    }
    assert.equal(at(windowsPreference("w")["spec"], "devices", "preferredAutoattachInputDevice"), true);
  });

  it("give memory in full", () => {
    const type = instanceType({ name: "vmit-small", cpuCores: 2, memoryGibibytes: 4 });
    assert.deepEqual(type["spec"], { cpu: { guest: 2 }, memory: { guest: "4Gi" } });
    assert.deepEqual(manifestProblems([type]), []);
  });
});

describe("VmTemplate", () => {
  it("clones the golden image and takes its passwords from a Secret", () => {
    const spec = vmTemplate(template)["spec"];
    const [disk] = listAt(spec, "dataVolumeTemplates");
    assert.deepEqual(at(disk, "spec", "source", "pvc"), { name: "dv-ubuntu-2204", namespace: "vmo-golden-images" });
    const [, firstBoot] = listAt(spec, "template", "spec", "volumes");
    assert.deepEqual(at(firstBoot, "cloudInitNoCloud"), { secretRef: { name: "init" } });
  });

  it("says its size once", () => {
    const spec = vmTemplate({ ...template, size: { instanceType: "vmit-small" } })["spec"];
    assert.equal(textAt(spec, "instancetype", "name"), "vmit-small");
    assert.equal(at(spec, "template", "spec", "domain", "cpu"), undefined);
  });

  it("passes KubeVirt's and CDI's rules on a VLAN and on the pod network, for Linux and Windows", () => {
    const windows = [{ sysprepConfigMap: "cm-unattend-xml" }, { sysprepSecret: "secret-unattend-xml" }];
    const all = [template, ...windows.map((firstBoot) => ({ ...template, firstBoot }))].flatMap((one) => [
      one,
      { ...one, network: { pod: true as const } },
    ]);
    assert.deepEqual(manifestProblems(all.map(vmTemplate)), []);
  });

  it("becomes a virtual machine with disks of its own on the network that was chosen", () => {
    const spec = vmTemplate(template)["spec"] as Record<string, unknown>;
    const machine = virtualMachineFromTemplate(spec, { name: "web-1", namespace: "default", network: { pod: true } });
    assert.deepEqual(manifestProblems([machine]), []);
    assert.deepEqual(at(machine["spec"], "template", "spec", "networks"), [{ name: "default", pod: {} }]);
    assert.deepEqual([at(machine["spec"], "runStrategy"), at(machine["spec"], "running")], ["Halted", undefined]);
    assert.equal(
      textAt(listAt(machine["spec"], "dataVolumeTemplates")[0], "metadata", "name"),
      "web-1-vmtemplate-ubuntu-2204-disk",
    );
    assert.equal(at(machine["spec"], "displayName"), undefined);
  });
});

describe("names that are derived from a template's", () => {
  it("are taken by KubeVirt and the API server, whatever name a description may give it", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,18}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,18}[a-z0-9])?){0,4}$/),
        (name) => {
          const rendered = vmTemplate({ ...template, name });
          for (const volume of listAt(rendered["spec"], "template", "spec", "volumes")) {
            assert.match(textAt(volume, "name") ?? "", /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
          }
          assert.match(serviceName(name), /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
          assert.deepEqual(manifestProblems([rendered]), []);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("stay apart for long names with one beginning", () => {
    const [one, other] = ["a", "b"].map((end) => serviceName(`${"x".repeat(70)}${end}`));
    assert.notEqual(one, other);
  });
});

describe("published ports", () => {
  it("are a Service in front of the template's machines", () => {
    const service = publishedPorts({ template: "vm-22.04", namespace: "vms", ports: [22, 443], access: "external" });
    assert.equal(service.metadata.name, "vm-22-04");
    assert.equal(textAt(service["spec"], "type"), "LoadBalancer");
    assert.deepEqual(at(service["spec"], "selector"), { "vmo-metal/template": "vm-22.04" });
    assert.equal(listAt(service["spec"], "ports").length, 2);
    const inside = publishedPorts({ template: "a", namespace: "vms", ports: [22], access: "cluster" });
    assert.equal(textAt(inside["spec"], "type"), "ClusterIP");
  });
});

describe("first-boot configuration", () => {
  it("has a password only where one is given", () => {
    const keysOnly = cloudInitUserData({ user: "ubuntu", sshKeys: ["ssh-ed25519 A"] });
    assert.match(keysOnly, /^#cloud-config\n/);
    const data: unknown = parse(keysOnly);
    assert.equal(at(data, "ssh_pwauth"), false);
    assert.equal(at(data, "users", 0, "plain_text_passwd"), undefined);
    const withPassword: unknown = parse(cloudInitUserData({ user: "ubuntu", sshKeys: [], password: "p" }));
    assert.equal(at(withPassword, "users", 0, "plain_text_passwd"), "p");
    assert.deepEqual(at(data, "users", 0, "ssh_authorized_keys"), ["ssh-ed25519 A"]);
    assert.equal(at(withPassword, "users", 0, "ssh_authorized_keys"), undefined);
  });

  it("keeps XML whole whatever a password holds", () => {
    const args = { locale: "en-US", timeZone: "UTC", organization: "" };
    const files = sysprepData({ ...args, administratorPassword: '<&">' });
    assert.match(Object.values(files)[0] ?? "", /<Value>&lt;&amp;&quot;&gt;<\/Value>/);
    assert.doesNotMatch(Object.values(sysprepData(args))[0] ?? "", /AdministratorPassword/);
  });
});
