import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readLab, startLab, stopLab } from "../../lab/lab";
import { labFolder } from "../../lab/lab-folder";
import { main } from "../../lab/main";

describe("commands of the lab that are mistyped", function () {
  this.timeout(120_000);
  const before = process.env["VMO_METAL_LAB_DIR"];
  let folder: string;
  let said: string[];
  const { error, log } = console;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "lab-"));
    process.env["VMO_METAL_LAB_DIR"] = folder;
    await startLab();
    said = [];
    console.error = (text: unknown) => said.push(String(text));
    console.log = () => undefined;
  });

  afterEach(async () => {
    Object.assign(console, { error, log });
    await stopLab(folder);
    rmSync(folder, { recursive: true, force: true });
    if (before === undefined) delete process.env["VMO_METAL_LAB_DIR"];
    else process.env["VMO_METAL_LAB_DIR"] = before;
  });

  /** Runs a command that must be refused; answers what it said. */
  async function refused(...args: string[]): Promise<string> {
    said = [];
    assert.equal(await main(args), 1, args.join(" "));
    return said.join("\n");
  }

  it("touch nothing, and say what, the rule and how it is meant", async () => {
    const { settings, maas } = labFolder(folder);
    const kept = readFileSync(settings, "utf8");
    const rule = /--workers.*VMO_METAL_LAB_WORKERS.*a whole number from 0 to 1000/;
    assert.match(await refused("seed", "--workers", "abc"), rule);
    assert.match(await refused("seed", "--workers", "100000"), rule);
    assert.match(await refused("reset", "--time-scale", "0"), /--time-scale.*a number above 0/);
    assert.match(await refused("start", "--maas-port", "high"), /--maas-port.*a port from 1 to 65535/);
    assert.match(await refused("start", "--time-scale", "600"), /runs already.*npm run lab -- stop.*time-scale/s);
    for (const command of ["stop", "status", "requests", "env", "reset"]) {
      assert.match(await refused(command, "now"), new RegExp(`now.*\\nusage: npm run lab -- ${command}`, "s"), command);
      assert.match(await refused(command, "--nonsense"), /--nonsense.*\nusage: npm run lab/s, command);
    }
    assert.match(await refused("logs", "many"), /a number of lines/);
    assert.match(await refused("faults", "add", "maas", "kind=latency"), /latency needs milliseconds/);
    assert.match(await refused("faults", "add", "maas", "kind=status"), /status needs status/);
    assert.match(
      await refused("faults", "add", "maas", "kind=latency", "milliseconds=abc"),
      /number.*at milliseconds/s,
    );
    const dance = await refused("faults", "add", "maas", "kind=outcome", "action=dance");
    assert.match(dance, /"deploy".*at action/s);
    const unknown = await refused("faults", "add", "maas", "kind=outcome", "action=deploy", "machine=worker-99");
    assert.match(unknown, /no machine worker-99/);
    assert.match(await refused("faults", "clear", "maas", "99"), /no fault 99 is on/);
    assert.match(await refused("faults", "clear", "palette", "gateway"), /no fault gateway is on/);
    assert.match(await refused("faults", "clear", "maas", "%"), /no fault % is on/);
    assert.match(await refused("faults", "clear", "%zz", "a/b"), /"%zz" is no part of the lab/);
    assert.match(await refused("faults", "add", "../maas", "kind=reset"), /"..\/maas" is no part of the lab/);
    assert.match(await refused("kubeconfig", "100%"), /no cluster/);
    assert.match(await refused("maas", "GET", "machines/%/"), /percent-encoded.*%25/);
    assert.match(await refused("maas", "GET", "zones/Row 1/"), /blanks.*%20/);
    assert.match(await refused("maas", "FETCH", "zones/"), /"FETCH" is no verb/);
    assert.match(await refused("palette", "GET", "v1/projects"), /begins with \/v1\//);
    assert.match(await refused("constructor"), /no command "constructor"/);
    assert.match(await refused("seed", "--site", "moon"), /--site.*one of default, occupied, routed/);
    assert.match(await refused("machine", "worker-1", "status", "flying"), /there are .*ready, .*deployed/);
    assert.ok((await readLab(folder)) !== undefined, "the lab runs on");
    assert.ok(existsSync(maas), "its machines are kept");
    assert.equal(readFileSync(settings, "utf8"), kept, "its settings are kept");
  });

  it("list the sites in the help of seed", async () => {
    const printed: string[] = [];
    console.log = (line: unknown) => printed.push(String(line));
    assert.equal(await main(["seed", "--help"]), 0);
    assert.match(printed.join("\n"), /^usage: npm run lab -- seed .*\n {2}default .*\n {2}occupied .*\n {2}routed /s);
  });

  it("start again with the settings that it has", async () => {
    assert.equal(await main(["start", "--time-scale", "60"]), 0);
  });
});
