import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { findBinaries } from "../../../lab/kubernetes/control-plane/binaries";
import { clusterFolder } from "../../../lab/kubernetes/control-plane/folder";
import { kubeconfig } from "../../../lab/kubernetes/control-plane/kubeconfig";
import {
  apiServerArguments,
  controllerManagerArguments,
  etcdArguments,
} from "../../../lab/kubernetes/control-plane/server-arguments";
import { clusterTokens } from "../../../lab/kubernetes/control-plane/tokens";
import { textOf, fieldOf, listOf } from "../../../lab/kubernetes/objects";

describe("control plane of a lab cluster", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lab-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("keeps its tokens in one private file and never in arguments", () => {
    const place = clusterFolder(folder);
    const tokens = clusterTokens(place.tokens);
    assert.equal(statSync(place.tokens).mode & 0o777, 0o600);
    assert.deepEqual(clusterTokens(place.tokens), tokens, "kept");
    const started = [
      etcdArguments(place),
      apiServerArguments(place, { port: 6443, serviceCidr: "100.64.64.0/18" }),
      controllerManagerArguments(place),
    ];
    const values = Object.values(tokens);
    assert.equal(new Set(values).size, values.length);
    for (const { arguments: list, argument } of started) {
      assert.ok(list.includes(argument) && argument.includes(folder), "known again by its folder");
      for (const token of values) assert.ok(!list.join(" ").includes(token));
    }
  });

  it("listens on loopback only", () => {
    const place = clusterFolder(folder);
    assert.ok(
      apiServerArguments(place, { port: 6443, serviceCidr: "10.0.0.0/24" }).arguments.includes(
        "--bind-address=127.0.0.1",
      ),
    );
    assert.ok(etcdArguments(place).arguments.every((one) => !/https?:/.test(one)));
  });

  it("gives a kubeconfig with the certificate and the token", () => {
    const access = { server: "https://127.0.0.1:6443", certificateAuthority: "PEM", token: "t" };
    const config: unknown = parse(kubeconfig("dc1", access));
    assert.equal(textOf(config, "current-context"), "dc1-admin@dc1");
    const data = textOf(listOf(config, "clusters")[0], "cluster", "certificate-authority-data") ?? "";
    assert.equal(Buffer.from(data, "base64").toString(), "PEM");
    assert.equal(fieldOf(listOf(config, "users")[0], "user", "token"), "t");
  });

  it("finds its programs through the environment first, and names what is missing", () => {
    const etcd = join(folder, "etcd");
    writeFileSync(etcd, "");
    const found = findBinaries(folder, { VMO_METAL_ETCD: etcd, VMO_METAL_CRDS: join(folder, "nowhere") });
    assert.equal(found.binaries, undefined);
    assert.deepEqual(found.missing, ["kubeApiserver", "kubeControllerManager", "crds"]);
    assert.equal(readFileSync(etcd, "utf8"), "");
  });
});
