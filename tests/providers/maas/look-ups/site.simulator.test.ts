import assert from "node:assert/strict";
import { forgetLookUps, lookUpSite } from "../../../../providers/maas/look-ups/site";
import { region } from "../region";

describe("looking a MAAS site up (simulated MAAS)", () => {
  const maas = region();
  beforeEach(() => {
    forgetLookUps();
    maas.simulator.reset();
  });
  const options = (more: object = {}) => ({
    url: maas.simulator.url,
    apiKey: maas.simulator.apiKey,
    datacenterName: "dc1",
    ...more,
  });

  it("tells version, machines, images and rack controllers as plain data", async () => {
    const found = await lookUpSite(options({ images: ["ubuntu/jammy"] }));
    assert.ok(found.ok);
    const { site } = found;
    assert.equal(site.version, "3.6.0");
    assert.deepEqual(site, JSON.parse(JSON.stringify(site)));
    const worker = site.machines.find(({ hostname }) => hostname === "worker-1");
    assert.ok(worker);
    assert.equal(worker.statusName, "Ready");
    assert.equal(worker.interfaces.filter(({ type }) => type === "physical").length, 4);
    assert.equal(worker.bootMacAddress, worker.interfaces[0]?.macAddress);
    assert.deepEqual(
      worker.disks.filter(({ boot }) => boot).map(({ name }) => name),
      ["sda"],
    );
    const image = site.images.find(({ name, architecture }) => name === "ubuntu/jammy" && architecture === "amd64");
    assert.equal(image?.complete, true);
    assert.equal(site.images.find(({ name }) => name === "ubuntu/noble")?.complete, null);
    assert.deepEqual(
      site.rackControllers.map(({ hostname, vlans }) => ({ hostname, vlans })),
      [{ hostname: "maas-rack", vlans: ["fabric-0/0"] }],
    );
  });

  it("keeps what commissioning discovered, and the settings that machines get from the subnets of their links", async () => {
    const found = await lookUpSite(options());
    assert.ok(found.ok);
    const worker = found.site.machines.find(({ hostname }) => hostname === "worker-1");
    const boot = worker?.observed.interface_set.find(({ id }) => id === worker.observed.boot_interface?.id);
    assert.ok(boot);
    assert.match(boot.discovered?.[0]?.ip_address ?? "", /^192\.168\./);
    assert.equal(boot.discovered?.[0]?.subnet?.cidr, "192.168.0.0/22");
    assert.equal(boot.effective_mtu, 1500);
    const linked = found.site.machines
      .flatMap(({ observed }) => observed.interface_set)
      .flatMap(({ links }) => links)
      .find(({ subnet }) => subnet?.cidr === "192.168.0.0/22");
    assert.ok(linked?.subnet);
    assert.ok("gateway_ip" in linked.subnet);
    assert.ok(Array.isArray(linked.subnet.dns_servers));
    assert.equal(linked.subnet.vlan?.mtu, 1500);
    assert.equal(worker?.observed.current_installation_result_id, null);
  });

  it("asks once, however often it is asked, and only reads", async () => {
    await Promise.all([lookUpSite(options()), lookUpSite(options())]);
    await lookUpSite(options());
    const asked = maas.simulator.requests
      .list()
      .map(({ method, path }) => `${method} ${path.replace("/MAAS/api/2.0", "")}`);
    assert.deepEqual(asked.sort(), [
      "GET /boot-resources/",
      "GET /domains/",
      "GET /fabrics/",
      "GET /ipranges/",
      "GET /machines/",
      "GET /rackcontrollers/",
      "GET /resourcepools/",
      "GET /static-routes/",
      "GET /subnets/",
      "GET /tags/",
      "GET /users/",
      "GET /version/",
      "GET /zones/",
    ]);
  });

  it("lists the site's objects, the settings that are asked for and the user of the key", async () => {
    const name = "enable_disk_erasing_on_release";
    const found = await lookUpSite(options({ settings: [name] }));
    assert.ok(found.ok);
    const { objects, user } = found.site;
    assert.deepEqual(user, { name: "admin", administrator: true });
    assert.ok(objects.subnets.some(({ cidr }) => cidr === "192.168.0.0/22"));
    assert.ok(objects.fabrics.some(({ vlans }) => vlans.some(({ vid }) => vid === 0)));
    assert.ok(objects.pools.some((pool) => pool.name === "default"));
    assert.deepEqual(Object.keys(objects.settings), [name]);
  });

  it("reports that a key belongs to a user who is no administrator", async () => {
    for (const user of maas.simulator.store.site.users) Object.assign(user, { isSuperuser: false });
    const found = await lookUpSite(options());
    assert.ok(found.ok);
    assert.equal(found.site.user.administrator, false);
  });

  for (const [cause, more, words] of [
    ["no-key", { apiKey: undefined }, /No MAAS API key for datacenter "dc1".*VMO_METAL_DC1_MAAS_API_KEY/],
    ["unauthorised", { apiKey: "a:b:c" }, /does not know this API key/],
    ["unauthorised", { apiKey: "nonsense" }, /consumer:token:secret/],
    ["unreachable", { url: "http://127.0.0.1:1/MAAS" }, /127\.0\.0\.1:1.*ECONNREFUSED/],
  ] as const) {
    it(`answers ${cause} with the reason, and throws nothing (${JSON.stringify(more)})`, async () => {
      const found = await lookUpSite(options(more));
      assert.ok(!found.ok);
      assert.equal(found.cause, cause);
      assert.match(found.reason, words);
      assert.ok(!found.reason.includes(maas.simulator.apiKey.split(":")[2] ?? "?"));
    });
  }

  it("answers that a MAAS is too old", async () => {
    maas.simulator.store.site.version = "3.2.1";
    const found = await lookUpSite(options());
    assert.ok(!found.ok);
    assert.equal(found.cause, "unsupported");
  });

  it("passes a warning on a version that is not known yet on", async () => {
    maas.simulator.store.site.version = "3.9.0";
    const found = await lookUpSite(options());
    assert.ok(found.ok);
    assert.equal(found.site.warnings.length, 1);
  });
});
