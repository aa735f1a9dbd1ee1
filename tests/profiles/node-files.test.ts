import assert from "node:assert/strict";
import { parse } from "yaml";
import { kubeletReservations } from "../../stacks/sizing/kubelet-reservations";
import { nodeFilesOf, rendered, valueAt, valuesOf } from "./rendered";

const staged = "/opt/vmo-metal/worker";
const text = (path: string): string => nodeFilesOf(rendered("infra")).get(path)?.content ?? "";

/** `key = value` lines of a sysctl file. */
function sysctls(): Map<string, string> {
  const lines = text(`${staged}/etc/sysctl.d/90-vmo.conf`).split("\n");
  const pairs = lines.filter((line) => /^[a-z]/.test(line)).map((line) => line.split(/\s*=\s*/) as [string, string]);
  return new Map(pairs);
}

describe("node files", () => {
  it("have absolute paths, an owner and octal permissions; scripts can be run", () => {
    for (const file of nodeFilesOf(rendered("infra")).values()) {
      assert.match(file.targetPath, /^\/\S+$/);
      assert.equal(file.targetOwner, "root:root");
      assert.match(file.targetPermissions, /^0[0-7]{3}$/);
      if (file.targetPath.endsWith(".sh")) assert.equal(file.targetPermissions, "0755", file.targetPath);
      assert.doesNotMatch(file.content, /\{\{/, `${file.targetPath}: Palette would read it as a macro`);
      assert.ok(file.content.endsWith("\n"), file.targetPath);
    }
  });

  it("hold everything that a command calls", () => {
    const profile = rendered("infra");
    const values = valuesOf(profile, "ubuntu-maas");
    const commands = valueAt(values, "kubeadmconfig.preKubeadmCommands") as string[];
    const called = commands.flatMap((command) => /^\/opt\/\S+/.exec(command)?.[0] ?? []);
    assert.ok(called.length >= 3);
    for (const path of called) assert.ok(nodeFilesOf(profile).has(path), path);
  });

  it("put worker-only parts into a staging folder, the rest on every node", () => {
    const paths = [...nodeFilesOf(rendered("infra")).keys()];
    const inPlace = paths.filter((path) => !path.startsWith("/opt/"));
    assert.deepEqual(inPlace, [
      "/etc/kubernetes/kubelet.conf.d/10-all-nodes.conf",
      "/etc/containerd/config.toml",
      "/etc/multipath.conf",
      "/etc/udev/rules.d/99-pure-storage.rules",
    ]);
  });

  describe("kubelet configuration", () => {
    const configuration = parse(text(`${staged}/etc/kubernetes/kubelet.conf.d/20-vmo.conf`)) as Record<string, never>;
    const memory = (value: string): number => Number(/^(\d+)Mi$/.exec(value)?.[1]);

    it("is a drop-in that the kubelet takes: kind, version and suffix; its folder exists on every node", () => {
      assert.equal(configuration["apiVersion"], "kubelet.config.k8s.io/v1beta1");
      assert.equal(configuration["kind"], "KubeletConfiguration");
      const other = parse(text("/etc/kubernetes/kubelet.conf.d/10-all-nodes.conf")) as Record<string, unknown>;
      assert.equal(other["kind"], "KubeletConfiguration");
      const arguments_ = valueAt(
        valuesOf(rendered("infra"), "kubernetes"),
        "kubeadmconfig.kubeletExtraArgs.config-dir",
      );
      assert.equal(arguments_, "/etc/kubernetes/kubelet.conf.d");
    });

    it("reserves memory that adds up to the byte", () => {
      const { reservedMemory, systemReserved, kubeReserved, evictionHard } = configuration as unknown as {
        reservedMemory: { numaNode: number; limits: { memory: string } }[];
        systemReserved: { memory: string };
        kubeReserved: { memory: string };
        evictionHard: Record<string, string>;
      };
      const reserved = reservedMemory.reduce((sum, { limits }) => sum + memory(limits.memory), 0);
      assert.equal(
        reserved,
        memory(systemReserved.memory) + memory(kubeReserved.memory) + memory(evictionHard["memory.available"] ?? ""),
      );
      assert.equal(Object.keys(evictionHard).length, 5, "setting one replaces all");
    });

    it("is what the sizing computes", () => {
      const sized = kubeletReservations({
        reservedCores: "0-7",
        systemReservedMebibytes: 8192,
        kubeReservedMebibytes: 4096,
        evictionHardMebibytes: 100,
      });
      assert.equal(
        sized.numaMemory.reduce((sum, { mebibytes }) => sum + mebibytes, 0),
        12388,
      );
    });

    it("reserves the same cores as the slice of runtime and kubelet has", () => {
      const slice = text(`${staged}/etc/systemd/system/kube.slice`);
      assert.equal(/^AllowedCPUs=(.+)$/m.exec(slice)?.[1], configuration["reservedSystemCPUs"]);
      for (const service of ["containerd", "kubelet"]) {
        const dropIn = text(`${staged}/etc/systemd/system/${service}.service.d/10-kube-slice.conf`);
        assert.match(dropIn, /^\[Service\]\nSlice=kube\.slice\n$/);
      }
    });
  });

  it("leave what the kubelet demands of the kernel alone", () => {
    const demanded = [
      "vm.overcommit_memory",
      "vm.panic_on_oom",
      "kernel.panic",
      "kernel.panic_on_oops",
      "kernel.keys.root_maxkeys",
      "kernel.keys.root_maxbytes",
    ];
    const set = sysctls();
    assert.ok(set.size > 5);
    for (const name of demanded) assert.ok(!set.has(name), name);
    const limits = [1, 2, 3].map((number) => Number(set.get(`net.ipv4.neigh.default.gc_thresh${number}`)));
    assert.deepEqual(
      limits,
      [...limits].sort((left, right) => left - right),
    );
  });

  it("configure containerd for block devices of unprivileged processes, with systemd's cgroups", () => {
    const toml = text("/etc/containerd/config.toml");
    const lines = toml.split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
    for (const line of lines) assert.match(line, /^(\s*[\w-]+ = (".*"|\[.*\]|true|false|\d+)|\[[\w."-]+\])$/, line);
    const section = toml.slice(toml.indexOf('[plugins."io.containerd.grpc.v1.cri"]'));
    assert.match(section, /device_ownership_from_security_context = true/);
    assert.match(toml, /\.runtimes\.runc\.options\]\n\s+SystemdCgroup = true/);
    assert.match(toml, /^version = 2$/m);
  });

  it("configure multipath as Portworx advises: WWIDs as names, its own devices left alone", () => {
    const conf = text("/etc/multipath.conf");
    assert.equal((conf.match(/\{/g) ?? []).length, (conf.match(/\}/g) ?? []).length);
    assert.doesNotMatch(conf, /user_friendly_names\s+yes/);
    assert.match(conf, /devnode "\^pxd\[0-9\]\*"/);
    assert.match(conf, /vendor\s+"PURE"/);
  });

  it("have udev rules whose every line matches before it assigns", () => {
    const rules = text("/etc/udev/rules.d/99-pure-storage.rules")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    assert.equal(rules.length, 7);
    for (const rule of rules) {
      assert.match(
        rule,
        /^ACTION=="add\|change", KERNEL==".+", SUBSYSTEM=="block", ENV\{\w+\}==".+", ATTR\{[\w/]+\}="\w+"$/,
      );
    }
  });

  it("hold one file per authority of the description", () => {
    const pem = (name: string): string => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----`;
    const files = nodeFilesOf(rendered("infra", { certificateAuthorities: [pem("one"), pem("two")] }));
    assert.equal(files.get("/usr/local/share/ca-certificates/vmo-metal-1.crt")?.content, `${pem("one")}\n`);
    assert.equal(files.get("/usr/local/share/ca-certificates/vmo-metal-2.crt")?.content, `${pem("two")}\n`);
    assert.ok(![...nodeFilesOf(rendered("infra")).keys()].some((path) => path.includes("ca-certificates")));
  });
});
