import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { parse } from "yaml";
import { type RenderedNodeFile, nodeFilesOf, rendered } from "./rendered";
import { isInstalled, Node } from "./shells";

/** The node files read by the programs that they are for; a program that is not installed is skipped with a word. */
describe("node files, read by their own programs", () => {
  let node: Node;
  beforeEach(() => {
    node = new Node();
  });
  afterEach(() => {
    node.remove();
  });

  const file = (path: string): RenderedNodeFile => {
    const found = nodeFilesOf(rendered("infra")).get(path);
    assert.ok(found, path);
    return found;
  };
  const staged = "/opt/vmo-metal/worker/etc/systemd/system";

  /** Runs a program in the node's folder and gives what it printed. */
  function run(program: string, args: string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", cwd: node.root });
    return { status, output: `${stdout}${stderr}` };
  }

  it("systemd-analyze: the slice, and both services in it", function () {
    if (!isInstalled("systemd-analyze")) return skipped(this, "systemd-analyze");
    node.write("kube.slice", file(`${staged}/kube.slice`).content);
    for (const service of ["containerd", "kubelet"]) {
      node.write(`${service}.service`, `[Unit]\nDescription=${service}\n[Service]\nExecStart=/bin/true\n`);
      const dropIn = `${service}.service.d/10-kube-slice.conf`;
      node.write(dropIn, file(`${staged}/${dropIn}`).content);
    }
    const units = ["./kube.slice", "./containerd.service", "./kubelet.service"];
    assert.deepEqual(run("systemd-analyze", ["verify", "--man=no", ...units]), { status: 0, output: "" });
  });

  it("udevadm: the rules of FlashArray", function () {
    const help = isInstalled("udevadm") ? run("udevadm", ["--help"]).output : "";
    if (!/^\s+verify\b/m.test(help)) return skipped(this, "udevadm verify (systemd 254)");
    node.write("99-pure-storage.rules", file("/etc/udev/rules.d/99-pure-storage.rules").content);
    const { status, output } = run("udevadm", ["verify", "--no-style", "99-pure-storage.rules"]);
    assert.equal(status, 0, output);
  });

  it("multipath: every keyword is known, and Portworx's settings are in force", function () {
    // It reads /etc/multipath.conf only, so it gets an /etc of its own.
    if (!isInstalled("multipath") || !isInstalled("unshare")) return skipped(this, "multipath");
    node.write("multipath.conf", file("/etc/multipath.conf").content);
    const { status, output } = run("unshare", [
      "--map-root-user",
      "--mount",
      "sh",
      "-c",
      'mount --bind "$PWD" /etc && multipath -t',
    ]);
    if (/unshare|mount:/.test(output)) return skipped(this, "a mount namespace for multipath");
    assert.equal(status, 0, output);
    assert.doesNotMatch(output, /multipath\.conf line/, output);
    const device = /vendor "PURE"[\s\S]*?\}/.exec(output)?.[0] ?? "";
    for (const setting of [
      'path_selector "service-time 0"',
      'hardware_handler "1 alua"',
      'no_path_retry "fail"',
      "fast_io_fail_tmo 10",
      "dev_loss_tmo 600",
      'user_friendly_names "no"',
    ])
      assert.ok(device.includes(setting), `${setting} in ${device}`);
  });

  it("containerd: the settings are in force", function () {
    if (!isInstalled("containerd")) return skipped(this, "containerd");
    node.write("config.toml", file("/etc/containerd/config.toml").content);
    const { status, output } = run("containerd", ["--config", "config.toml", "config", "dump"]);
    assert.equal(status, 0, output);
    for (const setting of [/device_ownership_from_security_context = true/, /SystemdCgroup = true/])
      assert.match(output, setting);
  });

  it("openssl: an authority of the description is a certificate", function () {
    if (!isInstalled("openssl")) return skipped(this, "openssl");
    const subject = ["-subj", "/CN=ca.example.test", "-days", "1"];
    const made = run("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", ...subject]);
    const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.exec(made.output)?.[0] ?? "";
    const profile = rendered("infra", { certificateAuthorities: [certificate] });
    const target = "/usr/local/share/ca-certificates/vmo-metal-1.crt";
    node.write("ca.crt", nodeFilesOf(profile).get(target)?.content ?? "");
    const { status, output } = run("openssl", ["x509", "-in", "ca.crt", "-noout", "-subject"]);
    assert.equal(status, 0, output);
    assert.match(output, /ca\.example\.test/);
  });

  it("YAML: both drop-ins of the kubelet", () => {
    const folders = [
      "/etc/kubernetes/kubelet.conf.d/10-all-nodes.conf",
      "/opt/vmo-metal/worker/etc/kubernetes/kubelet.conf.d/20-vmo.conf",
    ];
    for (const path of folders)
      assert.equal((parse(file(path).content) as { kind: string }).kind, "KubeletConfiguration");
  });
});

function skipped(context: Mocha.Context, program: string): void {
  console.log(`      not checked here: ${program} is missing`);
  context.skip();
}
