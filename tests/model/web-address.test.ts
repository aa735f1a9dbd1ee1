import assert from "node:assert/strict";
import { holdsCredentials, imageAddressProblem, webAddressField, webAddressProblem } from "../../model/web-address";

const digest = `sha256:${"0a".repeat(32)}`;

describe("model/web-address", () => {
  it("takes addresses of hosts by name and number, with port and path", () => {
    for (const text of [
      "http://maas.example.com:5240/MAAS",
      "https://10.0.0.1",
      "https://[fd00::1]:8443/a",
      "http://maas_region:5240/MAAS",
      "https://a.example.com./x%20y",
    ])
      assert.equal(webAddressProblem(text), undefined, text);
  });

  it("refuses what the reader of URLs repairs silently, and what is none", () => {
    for (const text of [
      ...[
        "",
        "maas",
        "ftp://a",
        "http://",
        "http:///a",
        "http://a b/c",
        "http://a/b c",
        "http://a\nb/",
        "http://a/\t",
        " http://a",
        "http://a/\u00fc",
      ],
      ...[
        "http:\\\\a",
        'http://a/"',
        "http://a/{x}",
        "http://a:99999/",
        "http://a?b",
        "http://a#b",
        "http://a/?",
        "http://999.1.1.1/",
        "http://a..b/",
      ],
      "http://a/\u001b[2K",
    ])
      assert.notEqual(webAddressProblem(text), undefined, JSON.stringify(text));
  });

  it("never shows an address that holds credentials", () => {
    const field = webAddressField(webAddressProblem, "An address", []);
    for (const text of [
      "https://me:hunter2@maas/MAAS",
      "me:hunter2@maas",
      "https:/me:hunter2@maas",
      "https:\\\\me:hunter2@maas",
      "http://hunter2@a?b",
    ]) {
      assert.ok(holdsCredentials(text), text);
      const message = field.safeParse(text).error?.message ?? "";
      assert.match(message, /holds credentials/);
      assert.ok(!message.includes("hunter2"), message);
    }
    for (const text of ["https://a/b@c", "https://a/?x=b@c", `docker://gcr.io/a@${digest}`, `docker://a@${digest}`])
      assert.ok(!holdsCredentials(text), text);
  });

  it("takes images of web servers, registries (by tag or digest) and archives", () => {
    for (const text of [
      "https://images.example.com/a.qcow2?token=x",
      "docker://gcr.io/a/b:22.04",
      `docker://gcr.io/a/b@${digest}`,
      "oci-archive:registry/a",
    ])
      assert.equal(imageAddressProblem(text), undefined, text);
    for (const text of [
      "",
      "docker://",
      "a.qcow2",
      "https://a/b#c",
      "docker://a b",
      "docker://gcr.io/a@sha256:12",
      "oci-archive:",
      "file:///a",
    ])
      assert.notEqual(imageAddressProblem(text), undefined, text);
  });
});
