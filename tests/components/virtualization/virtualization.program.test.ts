import assert from "node:assert/strict";
import { Virtualization } from "../../../components/virtualization/virtualization";
import { plainVirtualizationArgs } from "../../../stacks/program/virtualization-args";
import { type MadeResource, mockEngine, valueOf } from "../../mock-engine";
import { datacenterWith } from "../../stacks/descriptions";

describe("the virtualization layer", () => {
  let made: MadeResource[];
  let layer: Virtualization;

  before(async () => {
    made = await mockEngine();
    const datacenter = datacenterWith({
      virtualization: {
        images: { "dv-own": { operatingSystem: "linux", upload: true } },
        templates: { own: { image: "dv-own", network: "pod", instanceType: "vmit-small", publish: { ports: [22] } } },
      },
    });
    assert.ok(datacenter.virtualization);
    const args = plainVirtualizationArgs(datacenter, datacenter.virtualization, {
      guestPassword: "secret-word",
      windowsAdministratorPassword: "secret-word",
    });
    layer = new Virtualization("virtualization", args, {
      imageNames: { "dv-ubuntu-2204": "dv-ubuntu-2204-12345678" },
      leaveInPlace: true,
    });
    await valueOf(layer.templates);
    await valueOf(layer.networks);
  });

  const ofType = (type: RegExp): string[] => made.filter((one) => type.test(one.type)).map(({ name }) => name);
  const inputsOf = (name: string): string => JSON.stringify(made.find((one) => one.name === name)?.inputs);

  it("makes every object of the reference architecture", () => {
    assert.deepEqual(ofType(/:StorageProfilePatch$/), ["storage-profile-spectro-storage-class"]);
    assert.deepEqual(ofType(/:NetworkAttachmentDefinition$/), ["nad-vlan-30", "nad-vlan-untagged"]);
    assert.deepEqual(ofType(/:VirtualMachineClusterPreference$/), ["vmcp-generic-linux", "vmcp-generic-windows"]);
    assert.deepEqual(ofType(/:ConfigMap$/).sort(), ["cm-unattend-xml-default", "cm-unattend-xml-virtual-machines"]);
    assert.deepEqual(ofType(/:DataVolume$/).sort(), ["dv-own", "dv-ubuntu-2204", "dv-windows-2022"]);
    assert.deepEqual(ofType(/:VmTemplate$/).sort(), ["own", "vmtemplate-ubuntu-2204", "vmtemplate-windows-2022"]);
    assert.deepEqual(ofType(/:Service$/), ["own-virtual-machines"]);
  });

  it("waits for imports, and not for an upload", () => {
    assert.match(inputsOf("dv-ubuntu-2204"), /"pulumi.com\/waitFor":"jsonpath=\{.status.phase\}=Succeeded"/);
    assert.match(inputsOf("dv-own"), /"pulumi.com\/waitFor":"jsonpath=\{.status.phase\}"/);
  });

  it("uses the current version of an image, in the image and in its template", () => {
    assert.match(inputsOf("dv-ubuntu-2204"), /"name":"dv-ubuntu-2204-12345678"/);
    assert.match(inputsOf("vmtemplate-ubuntu-2204"), /"pvc":\{"name":"dv-ubuntu-2204-12345678"/);
    assert.match(inputsOf("vmtemplate-windows-2022"), /"pvc":\{"name":"dv-windows-2022"/);
  });

  it("keeps passwords in Secrets only", () => {
    for (const { type, inputs } of made.filter((one) => !one.type.endsWith(":Secret")))
      assert.ok(!JSON.stringify(inputs).includes("secret-word"), type);
    assert.match(inputsOf("secret-unattend-xml-virtual-machines"), /unattend.xml.*secret-word/);
    assert.match(inputsOf("vmtemplate-windows-2022"), /"sysprep":\{"secret":\{"name":"secret-unattend-xml"/);
    assert.match(inputsOf("vmtemplate-ubuntu-2204-cloud-init-default"), /secret-word/);
  });

  it("names templates and networks", async () => {
    assert.equal((await valueOf(layer.templates)).length, 3);
    assert.deepEqual(await valueOf(layer.networks), ["default/nad-vlan-30", "default/nad-vlan-untagged"]);
  });
});
