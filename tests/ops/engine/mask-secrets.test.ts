import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { maskingStream, secretsMask } from "../../../ops/engine/mask-secrets";

describe("masks of secrets in the engine's output", () => {
  it("hides a secret as it is, within quotes, within quotes within quotes, and in base64", () => {
    const secret = 'pass"word\\one';
    const quoted = JSON.stringify(secret);
    const line = [secret, quoted, JSON.stringify(quoted), Buffer.from(`${secret}!`).toString("base64")].join(" ");
    const masked = secretsMask([secret])(line);
    assert.doesNotMatch(masked, /pass|cGFzc3/);
  });

  it("hides the credentials of a kubeconfig that nobody knew before", () => {
    const mask = secretsMask([]);
    assert.equal(mask("    token: abcdefghijklmnop\n"), "    token: [secret]\n");
    assert.equal(mask('"token":"abcdefghijklmnop"'), '"token":"[secret]"');
    assert.equal(mask('\\"client-key-data\\": \\"LS0tLS1CRUdJTg==\\"'), '\\"client-key-data\\": \\"[secret]\\"');
    assert.equal(mask("token: none"), "token: none");
  });

  it("leaves everything else as it is", () => {
    assert.equal(secretsMask(["", "abc"])("an abc of words\n"), "an abc of words\n");
  });

  it("misses none, however the text comes in pieces", async () => {
    const secret = fc.string({ minLength: 8, maxLength: 30 }).filter((text) => !/[\n\r]/.test(text));
    await fc.assert(
      fc.asyncProperty(secret, fc.string(), fc.string(), fc.integer({ min: 1, max: 7 }), async (hidden, a, b, size) => {
        const bytes = Buffer.from(`${a}\n${a}${hidden}${b}\n${hidden}`);
        const stream = maskingStream([hidden]);
        const shown = text(stream);
        for (let at = 0; at < bytes.length; at += size) stream.write(bytes.subarray(at, at + size));
        stream.end();
        assert.ok(!(await shown).includes(hidden));
      }),
      { numRuns: 200 },
    );
  });
});
