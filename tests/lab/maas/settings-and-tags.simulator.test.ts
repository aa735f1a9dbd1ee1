import assert from "node:assert/strict";
import { elements, member, RegionClient, textAt } from "./region-client";

const ERASE = "enable_disk_erasing_on_release";

describe("Settings, tags and events of the simulated region", () => {
  let region: RegionClient;

  beforeEach(async () => {
    region = await RegionClient.start({});
  });

  afterEach(() => region.close());

  async function setting(name: string, value?: string): Promise<unknown> {
    if (value !== undefined) {
      const reply = await region.post("/maas/?op=set_config", { name, value });
      if (reply.status !== 200) return reply.body;
    }
    return (await region.get(`/maas/?op=get_config&name=${name}`)).body;
  }

  it("takes only false and the empty text for false", async () => {
    assert.equal(await setting(ERASE), true, "the lab's region erases disks");
    for (const value of ["false", "False", ""]) assert.equal(await setting(ERASE, value), false, value);
    for (const value of ["true", "0", "off", "no", "maybe"]) assert.equal(await setting(ERASE, value), true, value);
  });

  it("answers bare JSON values", async () => {
    assert.deepEqual(
      [await setting("default_dns_ttl"), await setting("ntp_servers"), await setting("upstream_dns")],
      [30, "ntp.ubuntu.com", null],
    );
    assert.equal(await setting("ntp_servers", "a.test, 10.0.0.1"), "a.test 10.0.0.1");
  });

  it("refuses values in the words of each setting", async () => {
    const cases: [string, string, string][] = [
      ["upstream_dns", "abc", "Invalid IP address: abc; provide a list of space-separated IP addresses"],
      ["node_timeout", "abc", "Enter a whole number."],
      ["node_timeout", "0", "Ensure this value is greater than or equal to 1."],
      ["default_storage_layout", "bogus", "Select a valid choice. bogus is not one of the available choices."],
      [
        "dnssec_validation",
        "bogus",
        "'bogus' is not a valid dnssec_validation.  It should be one of: 'auto', 'yes', 'no'.",
      ],
      [
        "commissioning_distro_series",
        "bogus",
        "'bogus' is not a valid commissioning_distro_series.  It should be one of: 'jammy', 'noble'.",
      ],
      ["maas_proxy_port", "80", "Unable to change port number. Port number is reserved for system services."],
      ["maas_name", "", "This field is required."],
    ];
    for (const [name, value, text] of cases) assert.deepEqual(await setting(name, value), { [name]: [text] });
  });

  it("names the settings that there are when asked for another", async () => {
    const reply = await region.get("/maas/?op=get_config&name=nosuch");
    assert.equal(reply.status, 400);
    assert.match(JSON.stringify(reply.body), /nosuch is not a valid config setting \(valid settings are: maas_name, /);
    assert.equal((await region.get("/maas/?op=get_config")).body, "No provided name!");
    assert.equal((await region.post("/maas/?op=set_config", { name: ERASE })).body, "No provided value!");
  });

  it("tags machines, counts those tagged before again and does not count strangers", async () => {
    await region.post("/tags/", { name: "fast", comment: "c" });
    const machines = elements((await region.get("/machines/?hostname=cp-1&hostname=cp-2")).body);
    const [first = "", second = ""] = machines.map((machine) => textAt(machine, "system_id"));
    const update = async (fields: Record<string, string | string[]>): Promise<unknown> =>
      (await region.post("/tags/fast/?op=update_nodes", fields)).body;
    assert.deepEqual(await update({ add: [first, second] }), { added: 2, removed: 0 });
    assert.deepEqual(await update({ add: [first, "nosuch"], remove: second }), { added: 1, removed: 1 });
    const listed = elements((await region.get("/tags/fast/?op=machines")).body);
    assert.deepEqual(
      listed.map((machine) => member(machine, "hostname")),
      ["cp-1"],
    );
  });

  it("renames and deletes tags in use", async () => {
    await region.post("/tags/", { name: "fast" });
    const [machine] = elements((await region.get("/machines/?hostname=cp-1")).body);
    const path = `/machines/${textAt(machine, "system_id")}/`;
    await region.post("/tags/fast/?op=update_nodes", { add: textAt(machine, "system_id") });
    await region.put("/tags/fast/", { name: "faster" });
    assert.deepEqual(member((await region.get(path)).body, "tag_names"), ["faster"]);
    assert.equal((await region.delete("/tags/faster/")).status, 204);
    assert.deepEqual(member((await region.get(path)).body, "tag_names"), []);
  });

  it("refuses tag names and definitions", async () => {
    assert.deepEqual((await region.post("/tags/", { name: "a b" })).body, { name: ["Enter a valid value."] });
    assert.deepEqual((await region.post("/tags/", { name: "ok", definition: "///[" })).body, {
      definition: ["Invalid xpath expression: Invalid expression"],
    });
    assert.equal((await region.post("/tags/", { name: "ok", definition: "//node[@class='system']" })).status, 200);
  });

  it("lists the newest events of a machine first, in pages", async () => {
    const [machine] = elements((await region.get("/machines/?hostname=cp-1")).body);
    const id = textAt(machine, "system_id");
    await region.post("/machines/?op=allocate", { system_id: id });
    await region.post(`/machines/${id}/?op=release`);
    const query = `/events/?op=query&id=${id}&level=DEBUG`;
    const all = (await region.get(query)).body;
    const ids = elements(member(all, "events")).map((event) => member(event, "id") as number);
    assert.ok(ids.length >= 2);
    assert.deepEqual(
      ids,
      [...ids].sort((a, b) => b - a),
    );
    const page = (await region.get(`${query}&limit=1`)).body;
    assert.equal(member(page, "count"), 1);
    const previous = textAt(page, "prev_uri").replace("/MAAS/api/2.0", "");
    const next = elements(member((await region.get(previous)).body, "events"));
    assert.equal(member(next[0], "id"), ids[1]);
    assert.equal(member(elements(member(page, "events"))[0], "hostname"), "cp-1");
  });
});
