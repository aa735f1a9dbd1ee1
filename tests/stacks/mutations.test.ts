import assert from "node:assert/strict";
import fc from "fast-check";
import type { Manifest } from "../../components/virtualization/objects/manifest";
import { virtualizationManifests } from "../../components/virtualization/virtualization-manifests";
import { readDatacenter } from "../../stacks/description/read-datacenter";
import type { Datacenter } from "../../stacks/description/datacenter";
import { preflight } from "../../stacks/preflight/preflight";
import { profileParameters } from "../../stacks/program/profile-parameters";
import { templatesProfile } from "../../stacks/program/templates-profile";
import { plainVirtualizationArgs } from "../../stacks/program/virtualization-args";
import { acceptedByMaas, acceptedByPalette } from "./accepted-by-resources";
import { fullDescription, mutatedDescriptions } from "./mutations";
import { secrets } from "./preflight/broken";

/** Everything that is made of a datacenter before anything is sent. */
function laterStages(datacenter: Datacenter): void {
  const { maas, cluster, virtualization } = datacenter;
  if (maas !== null) acceptedByMaas(datacenter);
  if (cluster !== null) acceptedByPalette(datacenter);
  if (virtualization !== null) {
    const args = plainVirtualizationArgs(datacenter, virtualization, {});
    const manifests = virtualizationManifests(args, {});
    for (const { metadata } of Object.values<Manifest[]>({ ...manifests }).flat())
      assert.equal(typeof metadata.name, "string");
    if (virtualization.delivery === "profile" && cluster !== null)
      templatesProfile(args, {}, profileParameters(datacenter, cluster));
  }
}

describe("a description that somebody got wrong", () => {
  it("is one that the preflight finds nothing in while it is right", () => {
    const reading = readDatacenter(fullDescription());
    assert.ok(reading.ok, JSON.stringify(reading));
    assert.deepEqual(preflight(reading.datacenter, { secrets }).errors, []);
    laterStages(reading.datacenter);
  });

  it("yields problems with a path, or a datacenter that every resource accepts: never an exception", () => {
    let accepted = 0;
    fc.assert(
      fc.property(mutatedDescriptions, (description) => {
        const reading = readDatacenter(description);
        if (!reading.ok) {
          assert.ok(reading.problems.length > 0);
          for (const { path, message } of reading.problems) {
            assert.doesNotMatch(`${path}${message}`, /[\p{Cc}\u2028\u2029]/u);
            assert.ok(message.length > 10 && message.length < 3000, message);
          }
          return;
        }
        if (preflight(reading.datacenter, { secrets }).errors.length > 0) return;
        accepted += 1;
        laterStages(reading.datacenter);
      }),
      { numRuns: 80 },
    );
    assert.ok(accepted > 0, `only ${accepted} were accepted`);
  }).timeout(120_000);
});
