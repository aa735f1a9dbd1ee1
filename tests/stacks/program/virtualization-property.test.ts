import assert from "node:assert/strict";
import fc from "fast-check";
import type { Manifest } from "../../../components/virtualization/objects/manifest";
import { virtualMachineFromTemplate } from "../../../components/virtualization/objects/virtual-machine";
import { manifestProblems } from "../../../components/virtualization/rules/manifest-rules";
import { virtualizationManifests } from "../../../components/virtualization/virtualization-manifests";
import { readDatacenter } from "../../../stacks/description/read-datacenter";
import { preflight } from "../../../stacks/preflight/preflight";
import { plainVirtualizationArgs, surroundings } from "../../../stacks/program/virtualization-args";
import { publicKey } from "../../public-key";
import { withSettings } from "../descriptions";
import { secrets } from "../preflight/broken";

/** Names as people and scripts give them: with digits in front, dots, and at the limits of their length. */
const name = fc.oneof(
  fc.constantFrom("web", "db-1", "0app", "a.b", "rhel-9.4", "x".repeat(63), `${"y".repeat(62)}.z`, "no", "123"),
  fc.stringMatching(/^[a-z0-9]([-a-z0-9.]{0,20}[a-z0-9])?$/),
);
const namespace = fc.constantFrom("default", "virtual-machines", "shop", "0123");
const gibibytes = fc.integer({ min: 1, max: 4096 });

const image = fc.record(
  {
    operatingSystem: fc.constantFrom("linux", "windows"),
    url: fc.constantFrom(
      "https://images.example.com/os.qcow2",
      `docker://registry.example.com/os@sha256:${"0".repeat(64)}`,
    ),
    sizeGibibytes: gibibytes,
  },
  { requiredKeys: ["operatingSystem", "url"] },
);

/** Sections that people might write; many are refused, and those that are not must work. */
const section = fc
  .record({
    virtualMachineNamespaces: fc.uniqueArray(namespace, { minLength: 1 }),
    networks: fc.uniqueArray(
      fc.record({ vlan: fc.integer({ min: 21, max: 100 }), namespace }, { requiredKeys: ["vlan"] }),
      { minLength: 1, maxLength: 4, selector: ({ vlan, namespace: where }) => `${vlan} ${where ?? ""}` },
    ),
    images: fc.dictionary(name, image, { maxKeys: 3 }),
    instanceTypes: fc.dictionary(
      name,
      fc.record({ cpuCores: fc.integer({ min: 1, max: 128 }), memoryGibibytes: gibibytes }),
      { maxKeys: 2 },
    ),
    users: fc.array(
      fc.record({
        group: fc.constantFrom("team", "oidc:vm admins", "Ümläut"),
        role: fc.constantFrom("admin", "power-user", "user", "viewer"),
      }),
      { maxLength: 3 },
    ),
    templateName: name,
    publish: fc.option(fc.record({ ports: fc.constantFrom([22], [80, 443]) })),
    size: fc.record({ cpuCores: fc.integer({ min: 1, max: 256 }), memoryGibibytes: gibibytes }),
    mtu: fc.constantFrom(undefined, 1500, 9000),
  })
  .map(({ templateName, publish, size, mtu, ...rest }) => {
    const [imageName = "dv-ubuntu-2204"] = Object.keys(rest.images);
    const template = {
      image: imageName,
      sshKeys: [publicKey],
      ...size,
      ...(publish === null ? {} : { publish, network: "pod" }),
    };
    return {
      virtualization: { ...rest, templates: { [templateName]: template } },
      ...(mtu === undefined ? {} : { networks: { virtualMachines: { mtu } } }),
    };
  });

describe("objects of any virtualization section that the preflight lets pass", () => {
  it("are taken by the admission rules of KubeVirt, CDI and Multus, and so is each VM of each template", () => {
    let accepted = 0;
    fc.assert(
      fc.property(section, (changes) => {
        const reading = readDatacenter(withSettings(changes));
        if (!reading.ok || preflight(reading.datacenter, { secrets }).errors.length > 0) return;
        const { datacenter } = reading;
        assert.ok(datacenter.virtualization);
        accepted += 1;
        const args = plainVirtualizationArgs(datacenter, datacenter.virtualization, { guestPassword: "word" });
        const manifests = Object.values<Manifest[]>({ ...virtualizationManifests(args, {}) }).flat();
        const machines = manifests
          .filter(({ kind }) => kind === "VmTemplate")
          .flatMap((template) =>
            args.networks.map((network) =>
              virtualMachineFromTemplate(template["spec"] as Record<string, unknown>, {
                name: "vm",
                namespace: args.virtualMachineNamespaces[0] ?? "default",
                network: { attachment: network },
              }),
            ),
          );
        const { bridge } = surroundings(datacenter);
        const featureGates = ["VMPersistentState", "HypervStrictCheck", "CPUManager", "ExpandDisks", "HotplugVolumes"];
        assert.deepEqual(manifestProblems([...manifests, ...machines], { bridge, featureGates }), []);
        const places = manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`);
        assert.deepEqual(
          places.filter((place, index) => places.indexOf(place) !== index),
          [],
          "each object is made once",
        );
      }),
      { numRuns: 100 },
    );
    assert.ok(accepted > 10, `only ${accepted} were accepted`);
  }).timeout(60_000);
});
