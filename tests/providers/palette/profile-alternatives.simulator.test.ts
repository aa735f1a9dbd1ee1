import assert from "node:assert/strict";
import { profileFolders, readProfileFiles } from "../../../profiles/render/profile-files";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { clusterProfileKind as kind } from "../../../providers/palette/cluster-profile";
import { rendered } from "../../profiles/rendered";
import { tenant } from "./tenant";

describe("alternatives of the profiles (simulated Palette)", () => {
  const site = tenant();
  beforeEach(() => site.palette.reset());

  for (const profile of ["infra", "core"] as const) {
    for (const name of Object.keys(readProfileFiles(profileFolders[profile]).alternatives)) {
      it(`imports ${profile} with ${name}, and it stays as it was made`, async () => {
        const { profileType, cloudType, layers, variables, ...head } = rendered(profile, {}, [name]);
        const args = JSON.parse(
          JSON.stringify({ ...head, profileType, cloudType, layers, variables, version: "1.7.0" }),
        ) as PlainObject;
        const kept = await site.command().up(kind, args);
        const seen = await site.command().refresh(kind, kept);
        assert.ok(seen);
        assert.equal((await site.command().diff(kind, seen, args)).changes, false);
      });
    }
  }
});
