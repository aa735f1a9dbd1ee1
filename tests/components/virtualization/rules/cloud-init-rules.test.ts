import assert from "node:assert/strict";
import fc from "fast-check";
import { cloudInitUserData } from "../../../../components/virtualization/objects/cloud-init";
import { cloudInitProblems } from "../../../../components/virtualization/rules/cloud-init-rules";
import { publicKey } from "../../../public-key";

describe("user data of Linux VMs", () => {
  it("is taken by cloud-init's schema, with any password and any number of keys", () => {
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), fc.array(fc.constant(publicKey)), (password, sshKeys) => {
        assert.deepEqual(cloudInitProblems(cloudInitUserData({ user: "ubuntu", sshKeys, password })), []);
      }),
    );
  });

  const broken: [what: string, text: string, message: RegExp][] = [
    [
      "an empty list of keys",
      "users: [{ name: a, ssh_authorized_keys: [] }]",
      /ssh_authorized_keys: must not be empty/,
    ],
    ["a login without a name", "users: [{ shell: /bin/sh }]", /users\.0\.name/],
    ["a word of YAML 1.1 for a name", "users: [{ name: no }]", /users\.0\.name/],
    ["a member that it does not know", "users: [{ name: a }]\nruncmds: []", /runcmds/],
    ["a long login", `users: [{ name: ${"a".repeat(33)} }]`, /at most 32 characters/],
  ];
  for (const [what, text, message] of broken)
    it(`is refused with ${what}`, () => {
      assert.match(cloudInitProblems(`#cloud-config\n${text}\n`).join(), message);
    });

  it("is ignored without its first line", () => {
    assert.match(cloudInitProblems("users: []\n").join(), /must begin with the line #cloud-config/);
  });
});
