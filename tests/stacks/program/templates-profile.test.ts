import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { networkAttachmentDefinitionText } from "../../../components/virtualization/objects/network-attachment-definition";
import { templatesProfile } from "../../../stacks/program/templates-profile";
import { plainVirtualizationArgs } from "../../../stacks/program/virtualization-args";
import { referenceParameters } from "../../profiles/parameters";
import { datacenterWith } from "../descriptions";

describe("the profile VMO-RA-Templates", () => {
  const datacenter = datacenterWith({ virtualization: { delivery: "profile" } });
  const { virtualization } = datacenter;
  assert.ok(virtualization);
  const args = plainVirtualizationArgs(datacenter, virtualization, { guestPassword: "secret-word" });
  const { rendered, secretManifests } = templatesProfile(
    args,
    { "dv-ubuntu-2204": "dv-ubuntu-2204-12345678" },
    referenceParameters,
  );
  const names = (layer: string) =>
    rendered.layers.find(({ pack }) => pack.name === layer)?.manifests.map(({ name }) => name);

  it("has the five layers of the reference architecture, with its manifests, in install order 40", () => {
    assert.equal(rendered.name, "VMO-RA-Templates");
    assert.deepEqual(names("vmo-storage"), ["storageprofile-cdi"]);
    assert.deepEqual(names("vmo-networking"), ["nad-vlan-30", "nad-vlan-untagged"]);
    assert.deepEqual(names("vmo-goldenimages"), [
      "dv-ubuntu-2204-12345678",
      "dv-windows-2022",
      "role-vmo-golden-images",
      "rolebinding-vmo-golden-images",
    ]);
    assert.deepEqual(names("vmo-vmpreferences")?.slice(0, 2), ["vmcp-generic-linux", "vmcp-generic-windows"]);
    assert.deepEqual(names("vmo-vmtemplates"), ["vmtemplate-ubuntu-2204", "vmtemplate-windows-2022"]);
    assert.ok(rendered.layers.every(({ values }) => values.includes('install-priority: "40"')));
  });

  it("has a manifest name for each network of one name in several namespaces", () => {
    const network = { name: "nad-vlan-40", namespace: "shop", vlan: 40, bridge: "br0" };
    const several = { ...args, networks: [network, { ...network, namespace: "team-b" }] };
    const layers = templatesProfile(several, {}, referenceParameters).rendered.layers;
    const manifests = layers.find(({ pack }) => pack.name === "vmo-networking")?.manifests;
    assert.deepEqual(
      manifests?.map(({ name }) => name),
      ["nad-vlan-40", "nad-vlan-40-team-b"],
    );
  });

  it("keeps the lines of a network that operators are told to edit", () => {
    const [network] = args.networks;
    const layer = rendered.layers.find(({ pack }) => pack.name === "vmo-networking");
    assert.ok(network);
    assert.equal(layer?.manifests[0]?.content, networkAttachmentDefinitionText(network));
  });

  it("has the answer file in each namespace, and passwords in secret manifests only", () => {
    const documents = parseAllDocuments(secretManifests["vmo-vmtemplates/cm-unattend-xml"] ?? "");
    const namespaces = documents.map((document) => document.getIn(["metadata", "namespace"]));
    assert.deepEqual(namespaces, ["default", "virtual-machines"]);
    assert.ok(JSON.stringify(secretManifests).includes("secret-word"));
    assert.ok(!JSON.stringify(rendered).includes("secret-word"));
  });

  it("refuses what Palette would read as a macro", () => {
    const [template, ...rest] = args.templates;
    assert.ok(template);
    const macro = { ...args, templates: [{ ...template, description: "{{ x }}" }, ...rest] };
    assert.throws(() => templatesProfile(macro, {}, referenceParameters), /would read as a macro/);
  });
});
