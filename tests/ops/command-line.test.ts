import assert from "node:assert/strict";
import { readCommandLine } from "../../ops/command-line";
import { failureText } from "../../ops/failure-text";

describe("the command line of a command", () => {
  const read = (args: string[], allowPositionals = false) =>
    readCommandLine("usage: npm run thing", {
      args,
      allowPositionals,
      options: { stack: { type: "string", short: "s" }, json: { type: "boolean" } },
    });

  it("answers options and words", () => {
    const { values, positionals } = read(["worker-1", "-s", "dc1", "--json"], true);
    assert.deepEqual([{ ...values }, positionals], [{ stack: "dc1", json: true }, ["worker-1"]]);
  });

  const refused: [string[], RegExp][] = [
    [["--nonsense"], /^Error: There is no option --nonsense\.\n/],
    [["--stak", "dc1"], /^Error: There is no option --stak: did you mean --stack\?\n/],
    [["--stack"], /^Error: --stack needs a value behind it\.\n/],
    [["--stack", "--json"], /^Error: --stack needs a value behind it\.\n/],
    [["--json=yes"], /^Error: --json takes no value\.\n/],
    [["dc1"], /^Error: "dc1" is one word too many: this command takes options only\.\n/],
  ];
  for (const [args, message] of refused) {
    it(`says what is wrong with ${args.join(" ")}, and how the command is called`, () => {
      assert.throws(() => read(args), message);
      assert.throws(() => read(args), /\nusage: npm run thing$/);
    });
  }

  it("tells a refused file by its path and the reason, everything else by its message", () => {
    const refusal = Object.assign(new Error("ENOENT: no such file or directory, open '/x'"), {
      code: "ENOENT",
      path: "/x",
    });
    assert.equal(failureText(refusal), "/x: there is no such file or folder.");
    assert.equal(failureText(new Error("No MAAS")), "No MAAS");
    assert.equal(failureText("text"), "text");
  });
});
