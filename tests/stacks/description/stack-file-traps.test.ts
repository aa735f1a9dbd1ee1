import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { stringify } from "yaml";
import { formatTraps, stackFileTraps, trapsOf } from "../../../stacks/description/stack-file-traps";

const project = join(__dirname, "..", "..", "..");

function stackFile(lines: string): string {
  return `config:\n  vmo-metal:datacenter:\n${lines.replaceAll(/^/gm, "    ")}\n`;
}

function messages(lines: string): string[] {
  return formatTraps("Pulumi.dc1.yaml", stackFileTraps(stackFile(lines)))
    .split("\n")
    .filter(Boolean);
}

describe("stackFileTraps", () => {
  it("names line, column, path, what is read and what to write for an octal VLAN", () => {
    assert.deepEqual(messages("networks:\n  data:\n    vlan: 010"), [
      'Pulumi.dc1.yaml:5:15: vmo-metal:datacenter.networks.data.vlan: 010 is read as 8: write 8 if that is meant, or put it in quotes, "010"',
    ]);
  });

  // Measured on the engine: text -> what the program is given.
  for (const [text, read] of [
    ["010", 8],
    ["-010", -8],
    ["0o10", 8],
    ["0O10", 8],
    ["08", 8],
    ["00", 0],
    ["0x1F", 31],
    ["0X1f", 31],
    ["0b11", 3],
    ["1_000", 1000],
    ["0x_1", 1],
    ["1_", 1],
    ["685_230.15", 685230.15],
    ["0.1_0", 0.1],
    ["+12", 12],
    ["1e3", 1000],
    ["1E3", 1000],
    [".5", 0.5],
    ["1.", 1],
    ["010.5", 10.5],
    ["9007199254740993", 9007199254740992],
  ] as const)
    it(`finds ${text}, which the engine reads as ${read}`, () => {
      assert.equal(messages(`a: ${text}`).length, 1);
      assert.match(messages(`a: ${text}`)[0] ?? "", new RegExp(`is read as ${String(read).replace(".", "\\.")}:`));
      assert.equal(messages(`list: [x, { b: ${text} }]`).length, 1, "in flow style");
      assert.deepEqual(messages(`a: "${text}"\nb: '${text}'\nc: |\n  ${text}`), [], "not in quotes or in a block");
      assert.deepEqual(messages(`a: 1 # ${text}`), [], "not in a comment");
    });

  for (const text of ["2026-01-31", "2026-01-31T10:00:00Z", "2026-1-1 10:00:00 +01:00"])
    it(`finds ${text}, to which the engine adds time and zone`, () => {
      assert.match(messages(`version: ${text}`)[0] ?? "", /is read as a moment in time: put it in quotes/);
    });

  for (const [lines, message] of [
    ["a: .inf", /no number/],
    ["a: .NaN", /no number/],
    ["a: !!binary aGVsbG8=", /the tag !!binary changes/],
    ["a: !!str 010", /the tag !!str changes/],
    ["a: !mine {b: 1}", /the tag !mine changes/],
    ["a: &base {b: 1}\nc: {<<: *base}", /<< merges another object/],
    ["hosts: { 010: {} }", /hosts\.010: 010 is read as 8/],
    ["hosts: { ~: {} }", /a key that is null/],
    ["hosts: { ? [1, 2] : {} }", /a key that is a list/],
  ] as const)
    it(`finds ${lines.replaceAll("\n", "; ")}`, () => assert.match(messages(lines)[0] ?? "none", message));

  it("lets pass what the engine hands over as it is written", () => {
    const fine = `
a: [0, 1, -1, 4094, 1500, 1.5, 4.0, 1.30, true, false, null, ~]
b: [no, on, y, off, Yes, 12:30:45, "52:54:00:12:34:56", 52:54:00:12:34:56, 10.20.0.0/16, 10-20, "30, 40-49"]
c: { key: *anchor, name: worker-[1-6] }
d: &anchor { e: 1,000 }
`;
    assert.deepEqual(messages(fine.replace("c: { key: *anchor, name", "c: { name")), []);
  });

  it("looks at the keys of this project only", () => {
    assert.deepEqual(stackFileTraps("config:\n  other:key: 010\nencryptionsalt: v1:010\n"), []);
  });

  it("finds nothing in a text that is no stack file", () => {
    for (const text of ["", "- 010", "config: 010", "a: [", "config:\n  vmo-metal:datacenter: {a: 1, a: 010}"])
      assert.deepEqual(stackFileTraps(text), []);
  });

  it("finds nothing in the stack files that come with the project", () => {
    const files = [
      "Pulumi.dev.yaml",
      ...readdirSync(join(project, "stacks", "examples")).map((file) => join("stacks", "examples", file)),
    ];
    for (const file of files) assert.deepEqual(stackFileTraps(readFileSync(join(project, file), "utf8")), [], file);
  });

  it("finds nothing in what a YAML 1.1 writer writes for any description", () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "grapheme-ascii" }), value), (datacenter) => {
        const text = stringify(
          { config: { "vmo-metal:datacenter": datacenter } },
          { version: "1.1", defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "QUOTE_DOUBLE" },
        );
        // Numbers that the writer itself writes with an exponent, or that are no safe integers.
        const others = stackFileTraps(text).filter(({ text: found }) => !/e|^-?\d{16,}$/.test(found));
        assert.deepEqual(others, []);
      }),
    );
  });
});

describe("trapsOf", () => {
  const key = "vmo-metal:datacenter";
  const traps = stackFileTraps(
    stackFile("networks: { data: { vlan: 010 } }\nhosts: { 010: { a: 1 } }\nfrom: 2026-01-31"),
  );

  it("keeps those that the program stepped into", () => {
    const read = { networks: { data: { vlan: 8 } }, hosts: { "8": { a: 1 } }, from: "2026-01-31 00:00:00 +0000 UTC" };
    assert.deepEqual(
      trapsOf(traps, key, read).map(({ text }) => text),
      ["010", "010", "2026-01-31"],
    );
  });

  it("drops those of a file that was not read", () => {
    const other = { networks: { data: { vlan: "010" } }, hosts: { "010": "010" }, from: "2026-01-31" };
    assert.deepEqual(trapsOf(traps, key, other), []);
    assert.deepEqual(trapsOf(traps, key, { name: "dc1" }), []);
    assert.deepEqual(trapsOf(traps, "vmo-metal:maasApiKey", "8"), []);
  });
});
