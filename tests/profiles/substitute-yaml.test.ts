import assert from "node:assert/strict";
import fc from "fast-check";
import { parse, parseAllDocuments } from "yaml";
import { substitute, substituteWords } from "../../profiles/render/substitute";
import { substituteYaml } from "../../profiles/render/substitute-yaml";
import { hostileTexts } from "../hostile-texts";

/** A file with places of every kind, as a person writes it. */
const file = `# a comment: stays
kind: Demo
bare: @{value}
quoted: "@{value}"
single: '@{value}'
inside: "x-@{value}-y" # stays too
list: [@{value}, b]
items:
  - @{value}
  - { flow: "@{value}" }
---
second: @{value}
`;

const read = (text: string): unknown[] => parseAllDocuments(text).map((document) => document.toJS() as unknown);

describe("places in YAML files", () => {
  it("take any text, which stays where it is put", () => {
    fc.assert(
      fc.property(hostileTexts, (value) => {
        const text = substituteYaml(file, { value });
        const list = [value, { flow: value }];
        const first = {
          ...{ kind: "Demo", bare: value, quoted: value, single: value, inside: `x-${value}-y` },
          ...{ list: [value, "b"], items: list },
        };
        assert.deepEqual(read(text), [first, { second: value }], text);
        assert.equal(text.split("\n").length, file.split("\n").length);
      }),
    );
  });

  it("take any data with its type", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const data: unknown = parse(substituteYaml("a: @{value}\nb: ['@{value}']", { value }));
        assert.equal(JSON.stringify(data), JSON.stringify({ a: value, b: [value] }));
      }),
    );
  });

  it("leave comments, order, layout and quotes as they are written", () => {
    assert.equal(
      substituteYaml('# first\nb:   "@{word}" # why\n\na: @{word}\nn: @{number}\no: @{list}\n', {
        ...{ word: "8192Mi", number: 250, list: [{ numaNode: 0 }] },
      }),
      '# first\nb:   "8192Mi" # why\n\na: 8192Mi\nn: 250\no: [{"numaNode":0}]\n',
    );
  });

  it("are never looked for in what was put in", () => {
    const parameters = { first: "@{second}", second: "$& $1 ${x} {{y}} \\" };
    assert.equal(substituteYaml("a: @{first}", parameters), 'a: "@{second}"');
    assert.deepEqual(parse(substituteYaml("a: @{second}", parameters)), { a: parameters.second });
    assert.deepEqual(substitute({ a: "@{first}-@{second}" }, parameters), { a: `@{second}-${parameters.second}` });
  });

  it("are refused where they are no value", () => {
    for (const text of ["@{value}: a", "a: b # @{value}", "a: |\n  @{value}\n"])
      assert.throws(
        () => substituteYaml(text, { value: "x" }),
        /in a place that is no value|inside of a block of lines/,
      );
    assert.throws(() => substituteYaml("a: @{other}", { value: "x" }), /@\{other\}, which is no parameter/);
    assert.throws(() => substituteYaml("a: @{toString}", {}), /@\{toString\}, which is no parameter/);
  });
});

describe("places in files that are no YAML", () => {
  it("take one word only, unless they are the whole file", () => {
    assert.equal(substituteWords("AllowedCPUs=@{cpus}\n", { cpus: "0-7,16-23" }), "AllowedCPUs=0-7,16-23\n");
    assert.equal(substituteWords("@{pem}\n", { pem: "-----BEGIN\nAAAA\n" }), "-----BEGIN\nAAAA\n\n");
    for (const cpus of ["0-7\nExecStart=/bin/x", "0 7", "$(x)", "`x`", '"', "0;x"])
      assert.throws(() => substituteWords("AllowedCPUs=@{cpus}\n", { cpus }), /@\{cpus\} is more than one word/);
  });
});
