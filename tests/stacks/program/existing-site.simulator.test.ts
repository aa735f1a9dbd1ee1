import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type MaasSimulator, startMaasSimulator } from "../../../lab/maas";
import { forgetLookUps } from "../../../providers/maas/look-ups/site";
import { effectLines, siteEffects } from "../../../stacks/derived/site-effects";
import { readDatacenter } from "../../../stacks/description/read-datacenter";
import { formatFinding, preflight } from "../../../stacks/preflight/preflight";
import { neededSecrets } from "../../../stacks/preflight/rules/secrets";
import { lookAtSite } from "../../../stacks/program/look-at-site";
import { type Settings, withSettings } from "../descriptions";

const stackFile = join(__dirname, "..", "..", "..", "stacks", "examples", "Pulumi.metal-only.yaml");
const example = parse(readFileSync(stackFile, "utf8")) as { config: Record<string, Settings> };

describe("a preview of a new stack on a MAAS in use (simulated MAAS)", function () {
  this.timeout(30_000);
  let maas: MaasSimulator;
  before(async () => {
    maas = await startMaasSimulator({ seed: { site: "occupied" } });
  });
  after(() => maas.close());
  beforeEach(() => {
    maas.reset();
    Object.assign(maas.store.site.config, { enable_disk_erasing_on_release: false });
  });

  /** What a preview prints about objects of the site, and codes and texts of errors about them. */
  async function preview(changes: Settings): Promise<{ lines: string[]; errors: string[] }> {
    forgetLookUps();
    const { url, apiKey } = maas;
    const own = { maas: { url, adopt: false }, domain: "metal.example.test", palette: null };
    const reading = readDatacenter(withSettings(changes, withSettings(own, example.config["vmo-metal:datacenter"])));
    assert.ok(reading.ok, JSON.stringify(reading));
    const { datacenter } = reading;
    const view = await lookAtSite(datacenter, { maas: apiKey, palette: undefined }, []);
    const { facts } = view;
    const secrets = neededSecrets(datacenter).map(({ key }) => key);
    const { errors } = preflight(datacenter, { secrets, facts });
    return {
      lines: effectLines(siteEffects(view.maas?.forecasts ?? [], [])),
      errors: errors.filter(({ code }) => code.startsWith("OBJ")).map(formatFinding),
    };
  }

  it("adopts what is there without a change, though gateways, DNS servers, names and MTUs are not the defaults", async () => {
    const { lines, errors } = await preview({});
    assert.deepEqual(errors, []);
    // The fabric carries a network of another datacenter's stack too.
    assert.deepEqual(
      lines.filter((line) => !/adopted without a change|managed by datacenter "north"/.test(line)),
      [],
    );
    for (const object of [
      "subnet 192.168.0.0/22",
      "subnet 172.16.0.0/22",
      "subnet 10.20.0.0/16",
      "vlan fabric-0/10",
      "resource pool worker-pool",
      "domain metal.example.test",
    ])
      assert.ok(lines[0]?.includes(object), `${object}: ${lines.join("\n")}`);
  });

  it("asks each list once, however many objects are described", async () => {
    maas.requests.clear();
    await preview({});
    const paths = maas.requests.list().map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(
      paths.filter((path) => !path.startsWith("GET ")),
      [],
    );
    const lists = paths.filter((path) => !path.endsWith("/maas/"));
    assert.equal(new Set(lists).size, lists.length, lists.sort().join("\n"));
  });

  it("shows each described change with old and new value, and refuses it without a permission", async () => {
    const networks = { provisioning: { dnsServers: ["192.168.0.9"] } };
    const { lines, errors } = await preview({ networks });
    const change = "dnsServers 192.168.0.53, 192.168.0.54 -> 192.168.0.9";
    assert.ok(
      lines.some((line) => line.includes(`subnet 192.168.0.0/22 exists in MAAS, is adopted, and changes: ${change}`)),
    );
    assert.match(errors.join("\n"), /^OBJ013 .*networks\.provisioning: .*dnsServers .*set maas\.adopt: true/m);
    // A machine of another team that is in use has an address in the subnet.
    assert.match(errors.join("\n"), /^OBJ014 .*networks\.provisioning: OWN004: .*Machines in use on it: blue-1/m);
    assert.equal(errors.length, 2, errors.join("\n"));
  });

  it("refuses a subnet on another VLAN than described, and prints the entry that approves the move", async () => {
    const networks = { management: { vlan: 170, cidr: "10.21.0.0/21" } };
    const { errors } = await preview({ maas: { adopt: true }, networks });
    const [move] = errors.filter((error) => error.startsWith("OBJ014"));
    assert.match(
      move ?? "",
      /OWN00\d: the subnet 10\.21\.0\.0\/21 exists already.* vlan fabric-0\/107 -> fabric-0\/170/,
    );
    assert.match(move ?? "", /maas\.approve: \[\{ object: "subnet 10\.21\.0\.0\/21", field: vlan \}\]/);
    const approve = [{ object: "subnet 10.21.0.0/21", field: "vlan" }];
    const approved = await preview({ maas: { adopt: true, approve }, networks });
    assert.deepEqual(
      approved.errors.filter((error) => error.startsWith("OBJ014")),
      [],
    );
  });

  it("refuses a mask that is not the existing subnet's, ranges of others, and a fabric that is not there", async () => {
    for (const [networks, code, told] of [
      [
        { management: { vlan: 107, cidr: "10.21.0.0/22" } },
        "OBJ002",
        /10\.21\.0\.0\/22 lies in the subnet 10\.21\.0\.0\/21/,
      ],
      [{ loadBalancer: ["10.20.200.10-10.20.201.9"] }, "OBJ006", /Firewalls, network team/],
    ] as const) {
      const { errors } = await preview({ networks });
      assert.match(errors.filter((error) => error.startsWith(code)).join(), told);
    }
    const { errors } = await preview({ fabric: { name: "san-a" } });
    assert.match(errors.join("\n"), /OBJ003 .*is "san-a", but .* is in fabric "fabric-0"/);
  });

  it("references what another datacenter's stack manages, and refuses other values than it has", async () => {
    const networks = { management: { vlan: 60, cidr: "10.60.0.0/24" } };
    const equal = await preview({ networks });
    assert.deepEqual(equal.errors, []);
    assert.match(
      equal.lines.join("\n"),
      /managed by datacenter "north", compared and never written: .*subnet 10\.60\.0\.0\/24/,
    );
    const other = await preview({ networks: { management: { ...networks.management, gateway: "10.60.0.2" } } });
    assert.match(
      other.errors.join("\n"),
      /OBJ015 .*subnet 10\.60\.0\.0\/24 is managed by the stack of datacenter "north", and datacenter "[^"]+" describes other values: .*gateway is 10\.60\.0\.1, described is 10\.60\.0\.2/,
    );
  });

  it("only compares networks that are not managed here", async () => {
    const maasSection = { networks: { managed: false } };
    const equal = await preview({ maas: maasSection, networks: { loadBalancer: ["10.20.200.0-10.20.200.255"] } });
    assert.deepEqual(equal.errors, []);
    assert.match(equal.lines.join("\n"), /managed elsewhere, compared and never written: .*subnet 192\.168\.0\.0\/22/);
    const missing = await preview({ maas: maasSection });
    assert.match(missing.errors.join("\n"), /OBJ015 .*MAAS has no range 10\.20\.40\.10-10\.20\.40\.99/);
    const differing = await preview({
      maas: { adopt: true, ...maasSection },
      networks: { management: { gateway: "172.16.0.9" } },
    });
    assert.match(
      differing.errors.join("\n"),
      /not managed here .*gateway is 172\.16\.0\.1, described is 172\.16\.0\.9/,
    );
  });

  it("refuses a key whose user is no administrator", async () => {
    for (const user of maas.store.site.users) Object.assign(user, { isSuperuser: false });
    assert.match((await preview({})).errors.join("\n"), /^OBJ001 .*"admin", who is no administrator/m);
  });
});
