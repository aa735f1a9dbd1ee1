import assert from "node:assert/strict";
import { certificateProblem } from "../../model/certificate";
import { shown } from "../../model/checked-text";
import { bootSizeProblem, diskSizeProblem, lvmNameProblem } from "../../model/disk-size";
import { layerTextProblem, lineProblem, linesProblem } from "../../model/plain-text";
import { sshKeyProblem } from "../../model/ssh-key";
import { timeZoneProblem } from "../../model/time-zone";
import { publicKey } from "../public-key";

describe("model/checked-text", () => {
  it("shows a value on one line, escaped and shortened", () => {
    assert.equal(shown('a"b\n\u001b[2K'), '"a\\"b\\n\\u001b[2K"');
    assert.equal(shown("a".repeat(100)).length, 60);
    assert.equal(shown(undefined), "nothing");
  });
});

describe("model/plain-text", () => {
  it("refuses what cannot stand on a line of its own", () => {
    for (const text of ["", " ", "a ", "a\nb", "a\tb", "a\u001b[2K", "a\u2028b", "a\u202eb", "\ud800"])
      assert.notEqual(lineProblem(text), undefined, JSON.stringify(text));
    for (const text of ["no", "0123", 'a"b', "a: b # c", "ü", "😀"]) assert.equal(lineProblem(text), undefined, text);
  });

  it("refuses macros of Palette in what becomes part of a profile", () => {
    assert.match(layerTextProblem("{{.spectro.system.cluster.name}}") ?? "", /begins a macro of Palette/);
    assert.equal(linesProblem("a\n\tb"), undefined);
    assert.notEqual(linesProblem("a\u0007"), undefined);
  });
});

describe("model/ssh-key", () => {
  it("takes one line with a type, a key of that type and perhaps a comment", () => {
    for (const text of [publicKey, `${publicKey} me@example.com`, `${publicKey} my key`])
      assert.equal(sshKeyProblem(text), undefined, text);
  });

  it("refuses line breaks, unknown types, keys cut short and private keys", () => {
    const [type = "", key = ""] = publicKey.split(" ");
    assert.match(sshKeyProblem(`${publicKey}\n`) ?? "", /line break/);
    assert.match(sshKeyProblem(`${type} ${key.slice(0, 20)}\n${key.slice(20)}`) ?? "", /line break/);
    assert.match(sshKeyProblem(`${publicKey}\nssh-rsa AAAA`) ?? "", /line break/);
    for (const text of [
      key,
      `ssh-foo ${key}`,
      type,
      `${type} `,
      `${type} AAAA`,
      `${type} not/base64!`,
      `ssh-rsa ${key}`,
      `command="x" ${publicKey}`,
    ])
      assert.notEqual(sshKeyProblem(text), undefined, text);
    assert.match(sshKeyProblem("-----BEGIN OPENSSH PRIVATE KEY-----") ?? "", /private key/);
  });
});

describe("model/time-zone", () => {
  it("takes names of the IANA database in their own spelling", () => {
    for (const text of ["Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+1"])
      assert.equal(timeZoneProblem(text), undefined, text);
    assert.match(timeZoneProblem("europe/berlin") ?? "", /write Europe\/Berlin/);
    for (const text of ["", "Berlin", "+01:00", "Europe/Berlin\n", "Europe/Berlin ", "../etc/passwd"])
      assert.notEqual(timeZoneProblem(text), undefined, text);
  });
});

describe("model/certificate", () => {
  const pem = (body: string): string => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;

  it("takes one certificate or several, with line ends of any kind", () => {
    for (const text of [
      pem("QUJDREVG"),
      `${pem("QUJD\nREVG")}\n`,
      `${pem("QUJDREVG")}\n\n${pem("QUI=")}`,
      pem("QUJDREVG").replaceAll("\n", "\r\n"),
    ])
      assert.equal(certificateProblem(text), undefined, text);
  });

  it("refuses what is none, and shows no part of a private key", () => {
    for (const text of [
      "",
      "hello",
      pem("QUJD REVG"),
      pem("QUJDR"),
      pem(""),
      pem("QUJD").replaceAll("\n", " "),
      `${pem("QUJD")}\nkind: x`,
      pem("QUJD").slice(0, -5),
      pem("a: b\n---"),
    ])
      assert.notEqual(certificateProblem(text), undefined, text);
    assert.match(
      certificateProblem(`${pem("QUJD")}\n-----BEGIN PRIVATE KEY-----\nc2VjcmV0`) ?? "",
      /holds a private key/,
    );
  });
});

describe("model/disk-size", () => {
  it("takes sizes above 0 that MAAS can count", () => {
    for (const text of ["100G", "1.5T", "512000000", "0.5G", "800g"])
      assert.equal(diskSizeProblem(text), undefined, text);
    for (const text of ["", "0G", "0.0T", "G", "-1G", "1e3G", "100 G", "100GB", "9999999999T", "100G\n"])
      assert.notEqual(diskSizeProblem(text), undefined, text);
  });

  it("knows the smallest /boot, and names that LVM takes", () => {
    assert.match(bootSizeProblem("512M") ?? "", /at least 512 MiB/);
    assert.equal(bootSizeProblem("1G"), undefined);
    for (const text of ["vg0", "vg_root-1", "a+b"]) assert.equal(lvmNameProblem(text), undefined, text);
    for (const text of ["", "-a", ".", "..", "a/b", "a b", "a".repeat(128)])
      assert.notEqual(lvmNameProblem(text), undefined, text);
  });
});
