import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const project = join(__dirname, "../../..");

/** Runs the command with these arguments, on no stack of the environment. */
function doctor(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { PULUMI_STACK: _stack, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", "tsx/cjs", join(project, "ops/doctor.ts"), ...args],
    { cwd: project, env, encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

describe("npm run doctor", function () {
  this.timeout(60_000);

  it("prints how it is called: on demand with code 0, else with code 2", () => {
    const help = doctor("--help");
    assert.equal(help.status, 0);
    assert.match(help.stdout, /^usage: npm run doctor -- palette/);
    const nothing = doctor();
    assert.deepEqual([nothing.status, nothing.stdout], [2, ""]);
    assert.equal(nothing.stderr, help.stdout);
    assert.equal(doctor("maas").status, 2);
  });

  it("ends with code 2 and the reason when the check cannot be made", () => {
    const { status, stderr } = doctor("palette", "--stack", "no-such-stack");
    assert.equal(status, 2);
    assert.match(stderr, /Stack "no-such-stack" has no stack file Pulumi\.no-such-stack\.yaml/);
    assert.match(doctor("palette", "--quite").stderr, /There is no option '?--quite'?: did you mean --quiet\?/);
  });
});
