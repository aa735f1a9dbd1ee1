import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assertSeedRestored } from "./support/assert-seed-restored";
import { filesWithSecrets, secretsIn } from "./support/find-secrets";
import { LabDatacenter, type LabStatus, deployed, ready } from "./support/lab-datacenter";
import { ended } from "./support/outcomes";
import { counts, resourcesOf } from "./support/resources";

describe("a datacenter's life on the lab", function () {
  this.timeout(600_000);
  const datacenter = new LabDatacenter();
  let seed: LabStatus;

  before(async () => {
    await datacenter.lab("start");
    seed = await datacenter.status();
  });
  after(() => datacenter.remove());

  it("goes from bare metal to VM templates with one up", async () => {
    ended(await datacenter.up(), 0);
    const { maas } = await datacenter.status();
    const states = maas.machines
      .filter(({ hostname }) => /^(cp|worker)-[1-6]$/.test(hostname))
      .map(({ status }) => status);
    assert.equal(states.filter((status) => status === deployed).length, 8, "3 control plane nodes and 5 workers");
    assert.equal(states.filter((status) => status === ready).length, 2, "one spare each");
    const outputs = JSON.parse((await datacenter.pulumi(["stack", "output", "--json"])).stdout) as Record<
      string,
      unknown
    >;
    assert.deepEqual(outputs["templates"], ["vmtemplate-ubuntu-2204", "vmtemplate-windows-2022"]);
    assert.deepEqual(outputs["networks"], ["default/nad-vlan-30", "default/nad-vlan-untagged"]);
    assert.deepEqual(outputs["pending"], []);
    assert.equal(outputs["kubeconfig"], "[secret]");
    assert.match(String(outputs["readme"]), /# Datacenter dev/);
  });

  it("reads as a tree: datacenter, its layers, hosts", () => {
    const urns = resourcesOf(datacenter.state()).map(({ urn }) => urn.split("::").slice(2).join("::"));
    for (const expected of [
      "vmo-metal:Datacenter$vmo-metal:BareMetal$vmo-metal:Host::worker-1",
      "vmo-metal:Datacenter$vmo-metal:Palette$pulumi-nodejs:dynamic/palette:Cluster::cluster",
      "vmo-metal:Datacenter$vmo-metal:Palette$pulumi-nodejs:dynamic/palette:ClusterProfile::VMO-RA-Core-PXKE",
    ]) {
      assert.ok(urns.includes(expected), `${expected} is not among:\n${urns.join("\n")}`);
    }
    assert.ok(urns.some((urn) => urn.startsWith("vmo-metal:Datacenter$vmo-metal:Virtualization$")));
  });

  it("keeps state thin: a loader of one line, at most 4 kB a resource on average", () => {
    const state = datacenter.state();
    const resources = resourcesOf(state);
    for (const { urn, inputs, outputs } of resources) {
      for (const kept of [inputs?.["__provider"], outputs?.["__provider"]]) {
        assert.ok(kept === undefined || JSON.stringify(kept).length < 200, `${urn} keeps ${JSON.stringify(kept)}`);
      }
    }
    const bytes = JSON.stringify(resources).length / resources.length;
    assert.ok(bytes <= 4096, `${Math.round(bytes)} bytes a resource`);
  });

  it("keeps every secret out of state, lab files, outputs and what commands print", async () => {
    const keys = await datacenter.credentials();
    const secrets: Record<string, string> = {
      "MAAS key": keys.maasApiKey,
      "MAAS token's secret": keys.maasApiKey.split(":")[2] ?? "",
      "Palette key": keys.paletteApiKey,
      "lab's admin token": keys.adminToken,
      passphrase: keys.pulumiPassphrase,
    };
    for (const name of [
      "flashArrayApiToken",
      "grafanaAdminPassword",
      "windowsAdministratorPassword",
      "guestPassword",
    ]) {
      secrets[name] = (await datacenter.pulumi(["config", "get", `vmo-metal:${name}`])).stdout.trim();
    }
    const log = await datacenter.drift("--diff", "-v=9");
    assert.match(log.output, /"msg":"Marshaling property/, "this is the log at its highest verbosity");
    const outputs = await datacenter.pulumi(["stack", "output", "--json"]);
    assert.deepEqual(secretsIn(log.output + outputs.output, secrets), []);
    const allowed = [join(datacenter.folder, "credentials.json")];
    assert.deepEqual(filesWithSecrets(datacenter.folder, secrets, allowed), []);
  });

  it("changes nothing the second time, and sees no drift", async () => {
    const again = await datacenter.up();
    ended(again, 0);
    assert.deepEqual(Object.keys(counts(again.output)), ["unchanged"], again.output);
    ended(await datacenter.drift(), 0);
  });

  it("names machine, interface and field of an MTU changed by hand on the spare", async () => {
    const spare = await datacenter.spareWorker();
    await datacenter.lab("machine", spare.hostname, "mtu", "bond_mgmt", "9000");
    const drift = await datacenter.drift("--diff");
    ended(drift, 7);
    assert.match(drift.output, new RegExp(`${spare.hostname}-network`));
    assert.match(drift.output, /bond_mgmt\s*:[^]*?mtu\s*: 9000 => 1500/);
  });

  it("heals it with up --refresh --run-program", async () => {
    const spare = await datacenter.spareWorker();
    ended(await datacenter.up("--refresh", "--run-program"), 0);
    const healed = await datacenter.machine(spare.hostname);
    assert.equal(healed.interfaces.find(({ name }) => name === "bond_mgmt")?.params.mtu, 1500);
    ended(await datacenter.drift(), 0);
  });

  let worker = "";

  it("shows the same wish for a deployed worker as pending until repave", async () => {
    const { maas } = await datacenter.status();
    worker =
      maas.machines.find(({ hostname, status }) => /^worker-[1-6]$/.test(hostname) && status === deployed)?.hostname ??
      "";
    await datacenter.describe((description) => {
      const others = [1, 2, 3, 4, 5, 6].map((number) => `worker-${number}`);
      const machines = others.map((hostname) =>
        hostname === worker ? { hostname, bonds: { bond_mgmt: { mtu: 9000 } } } : hostname,
      );
      Object.assign(description["hosts"]?.["worker-pool"] as object, { machines });
    });
    const preview = await datacenter.pulumi(["preview", "--diff"]);
    ended(preview, 0);
    assert.match(preview.output, /bond_mgmt\s*:[^]*?mtu\s*: 1500 => 9000/);
    assert.match(preview.output, /when\s*: "onRepave"/);
    assert.match(
      preview.output,
      new RegExp(`warning: ${worker}: pending until repave: bond_mgmt: mtu is 1500, wanted 9000; .*\\(Deployed\\)`),
    );
  });

  it("records that wish without touching the machine, and is clean with a warning from then on", async () => {
    ended(await datacenter.up(), 0);
    const untouched = await datacenter.machine(worker);
    assert.equal(untouched.interfaces.find(({ name }) => name === "bond_mgmt")?.params.mtu, 1500);
    const drift = await datacenter.drift();
    ended(drift, 0);
    assert.match(drift.output, new RegExp(`warning: ${worker}: pending until repave: .*bond_mgmt.*mtu`));
  });

  it("makes the change with the next up when the machine is back", async () => {
    await datacenter.lab("machine", worker, "release");
    await datacenter.hasStatus(worker, ready);
    ended(await datacenter.up(), 0);
    const changed = await datacenter.machine(worker);
    assert.equal(changed.interfaces.find(({ name }) => name === "bond_mgmt")?.params.mtu, 9000);
    const again = await datacenter.up();
    assert.deepEqual(Object.keys(counts(again.output)), ["unchanged"], again.output);
  });

  it("switches disk erasing off again that somebody has switched on", async () => {
    await datacenter.lab("maas", "POST", "maas/?op=set_config", "name=enable_disk_erasing_on_release", "value=true");
    const drift = await datacenter.driftReport();
    ended(drift, 7);
    assert.match(drift.stdout, /^MAAS Setting enable_disk_erasing_on_release: differs; an up sets it as described$/m);
    assert.match(drift.stdout, /^ {4}value: found true, described false$/m);
    assert.match(readFileSync(join(datacenter.folder, "drift.html"), "utf8"), /enable_disk_erasing_on_release/);
    ended(await datacenter.up("--refresh", "--run-program"), 0);
    const healed = await datacenter.driftReport();
    ended(healed, 0);
    assert.match(healed.stdout, /^Datacenter dev: no drift in \d+ resources\.$/m);
  });

  it("gives everything back on destroy", async () => {
    ended(await datacenter.pulumi(["destroy", "--yes", "--skip-preview"]), 0);
    assert.deepEqual(
      resourcesOf(datacenter.state()).map(({ urn }) => urn),
      [],
    );
    assertSeedRestored(seed, await datacenter.status());
  });
});
