import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { type Description, LabDatacenter, deployed } from "./support/lab-datacenter";
import { refused, well } from "./support/outcomes";
import { PaletteByHand } from "./support/palette-by-hand";
import { counts, resourcesOf } from "./support/resources";
import type { Ran } from "./support/run";

describe("two datacenters in one project, and what exists already", function () {
  this.timeout(600_000);
  const first = new LabDatacenter();
  const other = new LabDatacenter();
  const palette = new PaletteByHand(first);

  before(async () => {
    await Promise.all([first.lab("start"), other.lab("start")]);
    const upToTheCluster = (description: Description): void => {
      Object.assign(description, { virtualization: { delivery: "none" } });
    };
    await first.describe(upToTheCluster);
    await other.describe((description) => {
      upToTheCluster(description);
      Object.assign(description, { name: "second", protect: false });
    });
  });
  after(() => Promise.all([first.remove(), other.remove()]));

  /** Runs the engine on stack `second`: beside `dev` in the same backend, on the other lab. */
  async function second(...args: string[]): Promise<Ran> {
    const keys = await other.credentials();
    // The description of the other lab's stack, with passwords that are encrypted for this backend.
    const document = parseDocument(readFileSync(await first.stackFile(), "utf8"));
    const path = ["config", "vmo-metal:datacenter"];
    document.setIn(path, parseDocument(readFileSync(await other.stackFile(), "utf8")).getIn(path));
    const stackFile = join(first.folder, "Pulumi.second.yaml");
    writeFileSync(stackFile, document.toString());
    return first.secondStack("second", stackFile, args, {
      VMO_METAL_SECOND_MAAS_API_KEY: keys.maasApiKey,
      VMO_METAL_SECOND_PALETTE_API_KEY: keys.paletteApiKey,
      VMO_METAL_POLL_MILLISECONDS: "500",
    });
  }

  async function deployedIn(lab: LabDatacenter): Promise<number> {
    return (await lab.status()).maas.machines.filter(({ status }) => status === deployed).length;
  }

  it("are built side by side, each on its own machines", async () => {
    const ran = await Promise.all([first.up(), second("up", "--yes", "--skip-preview")]);
    ran.forEach(well);
    assert.deepEqual(await Promise.all([first, other].map(deployedIn)), [8, 8]);
    const names = await Promise.all([first, other].map((lab) => new PaletteByHand(lab).clusters()));
    assert.deepEqual(
      names.map((clusters) => clusters.map(({ name }) => name)),
      [["dev"], ["second"]],
    );
  });

  it("come apart: the destroy of one leaves the other as it is", async () => {
    const before = await first.status();
    well(await second("destroy", "--yes", "--skip-preview"));
    assert.equal(await deployedIn(other), 0);
    const { site, machines } = (await first.status()).maas;
    assert.deepEqual(machines, before.maas.machines);
    assert.deepEqual(Object.keys(site), Object.keys(before.maas.site));
    assert.deepEqual(Object.keys(counts(well(await first.up()).output)), ["unchanged"]);
  });

  it("adopt profiles and a cluster that are as described, and change an account only with permission", async () => {
    await palette.forgetOwner("maas-dev", ["192.168.0.0/22"]);
    const palettes = resourcesOf(first.state()).filter(({ type }) =>
      /palette:(CloudAccount|ClusterProfile)$/.test(type),
    );
    assert.equal(palettes.length, 3);
    for (const { urn } of palettes) well(await first.pulumi(["state", "delete", urn, "--target-dependents", "--yes"]));
    const machines = await palette.machines();
    refused(
      await first.up(),
      /"maas-dev" exists in Palette already and was not made by this datacenter\. Its fields would change: preferredSubnets: /,
    );
    await first.describe((description) => Object.assign(description["palette"] as object, { adopt: true }));
    well(await first.up());
    assert.deepEqual(await palette.machines(), machines, "no node was replaced");
    const origins = resourcesOf(first.state()).flatMap(({ outputs }) => outputs?.["origin"] ?? []);
    assert.ok(origins.filter((origin) => origin === "adopted").length >= 4, JSON.stringify(origins));
    assert.deepEqual((await palette.account("maas-dev")).spec.preferredSubnets, ["172.16.0.0/22"]);
    assert.deepEqual(Object.keys(counts(well(await first.up()).output)), ["unchanged"]);
  });

  it("leave on destroy what they adopted: the cluster runs on, and the hosts that it is on stay as they are", async () => {
    const before = [await palette.clusters(), await palette.machines(), await palette.profiles()];
    refused(
      await first.pulumi(["destroy", "--yes", "--skip-preview", "--continue-on-error"]),
      /membership of machine worker-\d .*is still in use and was not deleted.*Release it first/s,
    );
    assert.deepEqual([await palette.clusters(), await palette.machines(), await palette.profiles()], before);
    assert.deepEqual((await palette.account("maas-dev")).spec.preferredSubnets, ["192.168.0.0/22"], "its former value");
    assert.equal(await deployedIn(first), 8);
    const left = resourcesOf(first.state()).filter(({ type }) => type.includes("palette:"));
    assert.deepEqual(left, [], "the stack has let go of what is Palette's");
  });
});
