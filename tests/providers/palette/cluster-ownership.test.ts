import assert from "node:assert/strict";
import {
  clusterDifferences,
  clusterRefusal,
  effectiveInputs,
  managedInputs,
} from "../../../providers/palette/cluster/cluster-ownership";
import { clusterArgs } from "./cluster-site";
import type { ClusterInputs } from "../../../providers/palette/cluster/inputs";

const described = {
  ...(clusterArgs() as unknown as ClusterInputs),
  sshKeys: [],
  ntpServers: [],
  labels: { team: "vmo" },
};
const actual: ClusterInputs = {
  ...described,
  sshKeys: ["ssh-ed25519 AAAA theirs"],
  labels: { owner: "platform" },
};

describe("ownership of a cluster that exists", () => {
  it("keeps lists and labels that are not described on one that was not created here", () => {
    const effective = effectiveInputs(described, actual, "adopted");
    assert.deepEqual(effective.sshKeys, actual.sshKeys);
    assert.deepEqual(effective.labels, { owner: "platform", team: "vmo" });
    assert.deepEqual(effectiveInputs(described, actual, "created"), described);
  });

  it("returns in a read only what is described, so that the rest is no drift", () => {
    const seen = managedInputs({ ...actual, labels: { ...actual.labels, team: "vmo" } }, described, "adopted");
    assert.deepEqual(seen.sshKeys, []);
    assert.deepEqual(seen.labels, { team: "vmo" });
    assert.deepEqual(clusterDifferences(seen, described), []);
  });

  it("needs permission for a change, none for an equal one, and never writes one of another datacenter", () => {
    const cluster = {
      name: "vmo",
      owner: undefined,
      datacenter: "dc1",
      adopt: false,
      differences: ['timezone: null -> "UTC"'],
    };
    assert.match(clusterRefusal({ ...cluster, origin: "adopted" }) ?? "", /timezone: null -> "UTC"/);
    assert.equal(clusterRefusal({ ...cluster, origin: "adopted", adopt: true }), undefined);
    assert.equal(clusterRefusal({ ...cluster, origin: "adopted", differences: [] }), undefined);
    const referenced = { ...cluster, origin: "referenced" as const, owner: "dc2", adopt: true };
    assert.match(clusterRefusal(referenced) ?? "", /belongs to datacenter "dc2"/);
    assert.equal(clusterRefusal({ ...cluster, origin: "created" }), undefined);
  });
});
