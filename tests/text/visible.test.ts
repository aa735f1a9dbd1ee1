import assert from "node:assert/strict";
import fc from "fast-check";
import { visible, visibleJson, visibleLine } from "../../text/visible";

/** Whether a character is shown as itself, and moves neither cursor nor text. */
function isShown(character: string): boolean {
  return !/[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]|\p{Surrogate}/u.test(character);
}

/** Texts with many of the characters that matter. */
const texts = fc.string({
  unit: fc.oneof(
    fc.string({ minLength: 1, maxLength: 1, unit: "binary" }),
    fc.integer({ min: 0, max: 0xa0 }).map((code) => String.fromCharCode(code)),
    fc.constantFrom("\u202e", "\u2066", "\u061c", "\u2028", "\ufeff", "\ud800", "\\", "é", "\u{1f600}"),
  ),
});

describe("text/visible", () => {
  it("writes terminal controls, C1 controls and bidirectional overrides out", () => {
    assert.equal(visibleLine("a\x1b[2K\x9bb\x7f\u202ec\u2069"), "a\\x1b[2K\\x9bb\\x7f\\u202ec\\u2069");
  });

  it("keeps line breaks and tabs of a message, and writes them out in a value", () => {
    assert.equal(visible("a\n\tb\r\nc\rd"), "a\n\tb\nc\\rd");
    assert.equal(visibleLine("a\n\tb"), "a\\n\\tb");
  });

  it("keeps letters of every script, emoji and backslashes as they are", () => {
    const text = "Zürich Größe 東京 \u{1f600} C:\\temp";
    assert.equal(visibleLine(text), text);
  });

  it("shows every character of any text, and is idempotent", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const line = visibleLine(text);
        assert.ok([...line].every(isShown), JSON.stringify(line));
        assert.equal(visibleLine(line), line);
        const message = visible(text);
        assert.ok(
          [...message].every((character) => character === "\n" || character === "\t" || isShown(character)),
          JSON.stringify(message),
        );
        assert.equal(visible(message), message);
      }),
      { numRuns: 1000 },
    );
  });

  it("writes JSON that shows as it is and parses to the same value", () => {
    fc.assert(
      fc.property(fc.dictionary(texts, fc.array(texts)), (value) => {
        const json = visibleJson(value, 2);
        assert.ok([...json].every((character) => character === "\n" || isShown(character)));
        assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
