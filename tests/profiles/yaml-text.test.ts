import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { jsonText, yamlText } from "../../profiles/render/yaml-text";

/** Strings that one reader or another takes for something else, or that break a document that is put together as text. */
const treacherous = [
  ..."y n Y N yes no Yes NO on off On OFF true false True FALSE null Null NULL ~ <<".split(" "),
  ..."0 1 -1 +1 100 0123 0o17 0b101 0x1F 1_000 1__0 12_ 1e3 1E3 1.5 1. .5 -.5 +.inf .inf -.INF .nan NaN 1e-1 12e03".split(
    " ",
  ),
  ..."1:30 190:20:30 20:30.15 -1:30 2001-01-01 2001-12-14T21:59:43.10-05:00 99999999999999999999".split(" "),
  ...[
    "",
    " ",
    " a",
    "a ",
    "\ta",
    "a\t",
    "a: b",
    "a #b",
    "# a",
    "- a",
    "-",
    "?",
    "? a",
    ":",
    "a:",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a",
    "*a",
    "!a",
    "!!a",
  ],
  ...[
    "|",
    ">",
    "'",
    '"',
    "%a",
    "@a",
    "`a",
    "---",
    "...",
    "--- a",
    "\\",
    "\\n",
    "a\nb",
    "a\n",
    "\na",
    "\n\na\n\n",
    "a\n  b\n",
    "  a\nb",
    "\ta\nb",
  ],
  ...[
    "a\n\tb",
    "a \nb",
    "a\r\nb",
    "\r",
    "\u0000",
    "\u0007",
    "\u001b[2K",
    "\u007f",
    "\u0085",
    "a\u0085b",
    "\u00a0",
    "\u2028",
    "\u2029",
  ],
  ...[
    "\ufeff",
    "\ufffe",
    "\uffff",
    "\u{1f600}",
    'pool"\nINJECTED: "x',
    "x\n---\nkind: Secret",
    "a: |\n  b",
    "${x}",
    "{{.spectro.var.x}}",
    "$&",
  ],
  ...["=", "__proto__", "constructor", "2001-1-1", "2001-01-01 10:00:00 Z", "0.0.0.0", "1.32.4", "0-7", "10%"],
];

const strings = fc.oneof(
  fc.constantFrom(...treacherous),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.stringMatching(/^[-+0-9.:_eExobyn ~#\n\t'"]{0,12}$/),
  fc.string({
    unit: fc.constantFrom("a", " ", "\n", "\t", "\r", ":", "#", "-", '"', "'", "\\", "\u2028", "\ufeff", "0"),
  }),
);

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    strings,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(strings, tie("tree"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const versions = ["1.1", "1.2"] as const;

describe("YAML made from objects", () => {
  for (const version of versions)
    it(`reads as the same data in YAML ${version}`, () => {
      fc.assert(
        fc.property(tree, (data) => {
          const text = yamlText(data);
          // A merge key is only one where it is not quoted.
          const read: unknown = parse(text, { version, merge: true, prettyErrors: false });
          assert.equal(JSON.stringify(read), JSON.stringify(data), text);
        }),
        { numRuns: 1000 },
      );
    });

  it("keeps a string that looks like something else a string: as a value, a key and an item of a list", () => {
    for (const word of treacherous) {
      const data = { [word]: word, list: [word, { [word]: word }] };
      for (const version of versions) assert.deepEqual(parse(yamlText(data), { version, merge: true }), data);
    }
  });

  it("holds no character that a reader drops, refuses or takes for a line break", () => {
    fc.assert(
      fc.property(tree, (data) => {
        const text = yamlText(data).replaceAll(/[\n\t]/g, "");
        assert.doesNotMatch(text, /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u);
      }),
    );
  });

  it("leaves plain what every reader takes for a string", () => {
    const plain = [
      "1.32.4",
      "0-7",
      "172.16.0.0/22",
      "12388Mi",
      "10%",
      "vmo-br0",
      "https://login.example.com",
      "LTS__22.04",
    ];
    assert.equal(yamlText(plain), plain.map((text) => `- ${text}\n`).join(""));
  });

  it("writes the same object twice, without an alias", () => {
    const shared = { a: ["b"] };
    assert.equal(yamlText({ one: shared, two: shared }), "one:\n  a:\n    - b\ntwo:\n  a:\n    - b\n");
  });

  it("refuses half of a surrogate pair", () => {
    assert.throws(() => yamlText({ a: "\ud800" }), /half of a surrogate pair/);
  });

  it("is one line of JSON where the layout of a document stays", () => {
    fc.assert(
      fc.property(tree, (data) => {
        const text = jsonText(data);
        assert.equal(text.split(/[\n\r\u0085\u2028\u2029]/).length, 1);
        for (const version of versions)
          assert.equal(JSON.stringify(parse(`a: ${text}`, { version })), JSON.stringify({ a: data }));
      }),
    );
  });
});
