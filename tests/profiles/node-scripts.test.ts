import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isInstalled, Node, nodeFiles } from "./shells";

describe("node scripts", () => {
  let node: Node;
  beforeEach(() => {
    node = new Node();
  });
  afterEach(() => {
    node.remove();
  });

  /** Runs a script twice: it succeeds, and the second run changes nothing. */
  function twice(script: string, args: string[] = [], environment: Record<string, string> = {}): void {
    const first = node.run(script, args, environment);
    assert.equal(first.status, 0, first.stderr);
    const after = node.everything();
    const second = node.run(script, args, environment);
    assert.equal(second.status, 0, second.stderr);
    assert.deepEqual(node.everything(), after);
  }

  it("are clean for shellcheck", function () {
    if (!isInstalled("shellcheck")) return this.skip();
    for (const file of readdirSync(nodeFiles).filter((name) => name.endsWith(".sh"))) {
      const { status, stdout } = spawnSync("shellcheck", [join(nodeFiles, file)], { encoding: "utf8" });
      assert.equal(status, 0, stdout);
    }
  });

  it("are shell that parses", () => {
    for (const file of readdirSync(nodeFiles).filter((name) => name.endsWith(".sh")))
      assert.equal(spawnSync("sh", ["-n", join(nodeFiles, file)]).status, 0, file);
  });

  describe("set-node-ip", () => {
    const addresses = { VMO_METAL_ADDRESSES: "192.168.1.7 172.16.3.9 10.20.4.1 fe80::1" };
    const samples: [title: string, before: string | undefined, after: string][] = [
      ["writes the file where there is none", undefined, "KUBELET_EXTRA_ARGS=--node-ip=172.16.3.9\n"],
      ["finishes an empty line", "KUBELET_EXTRA_ARGS=\n", "KUBELET_EXTRA_ARGS= --node-ip=172.16.3.9\n"],
      ["adds to arguments", "KUBELET_EXTRA_ARGS=--v=2\n", "KUBELET_EXTRA_ARGS=--v=2 --node-ip=172.16.3.9\n"],
      [
        "adds inside quotes",
        'A=1\nKUBELET_EXTRA_ARGS="--v=2 --x=y"\n',
        'A=1\nKUBELET_EXTRA_ARGS="--v=2 --x=y --node-ip=172.16.3.9"\n',
      ],
      [
        "corrects another address",
        'KUBELET_EXTRA_ARGS="--node-ip=192.168.1.7 --v=2"\n',
        'KUBELET_EXTRA_ARGS="--node-ip=172.16.3.9 --v=2"\n',
      ],
      ["keeps a last line without an end", "KUBELET_EXTRA_ARGS=--v=2", "KUBELET_EXTRA_ARGS=--v=2 --node-ip=172.16.3.9"],
    ];
    for (const [title, before, after] of samples) {
      it(title, () => {
        if (before !== undefined) node.write("etc/default/kubelet", before);
        twice("set-node-ip.sh", ["172.16.0.0/22"], addresses);
        assert.equal(node.read("etc/default/kubelet"), after);
      });
    }

    it("fails when the node has no address in the network", () => {
      const { status, stderr } = node.run("set-node-ip.sh", ["172.16.8.0/22"], addresses);
      assert.equal(status, 1);
      assert.match(stderr, /no address of this node lies in 172\.16\.8\.0\/22/);
      assert.equal(node.read("etc/default/kubelet"), undefined);
    });
  });

  describe("apply-worker-tuning", () => {
    beforeEach(() => {
      node.write("opt/vmo-metal/worker/etc/sysctl.d/90-vmo.conf", "vm.max_map_count = 262144\n");
      node.write("opt/vmo-metal/worker/etc/systemd/system/kube.slice", "[Slice]\n");
      node.write("var/lib/kubelet/cpu_manager_state", "{}");
      node.write("var/lib/kubelet/memory_manager_state", "{}");
    });

    it("copies the files on a worker and removes the kubelet's checkpoints, once", () => {
      node.write("run/kubeadm/kubeadm-join-config.yaml", "kind: JoinConfiguration\n");
      twice("apply-worker-tuning.sh", ["workers"]);
      assert.equal(node.read("etc/sysctl.d/90-vmo.conf"), "vm.max_map_count = 262144\n");
      assert.equal(node.read("etc/systemd/system/kube.slice"), "[Slice]\n");
      assert.equal(node.read("var/lib/kubelet/cpu_manager_state"), undefined);
      node.write("var/lib/kubelet/cpu_manager_state", "{}");
      node.run("apply-worker-tuning.sh", ["workers"]);
      assert.equal(node.read("var/lib/kubelet/cpu_manager_state"), "{}", "a running node keeps its checkpoint");
    });

    const planes: [title: string, path: string, text: string][] = [
      ["the first control plane node", "run/kubeadm/kubeadm.yaml", "kind: InitConfiguration\n"],
      [
        "a control plane node that joins",
        "run/kubeadm/kubeadm-join-config.yaml",
        "kind: JoinConfiguration\ncontrolPlane:\n  localAPIEndpoint: {}\n",
      ],
    ];
    for (const [title, path, text] of planes) {
      it(`skips ${title}, unless all nodes are to be tuned`, () => {
        node.write(path, text);
        const before = node.everything();
        twice("apply-worker-tuning.sh", ["workers"]);
        assert.deepEqual(node.everything(), before);
        twice("apply-worker-tuning.sh", ["all-nodes"]);
        assert.equal(node.read("etc/systemd/system/kube.slice"), "[Slice]\n");
      });
    }

    it("refuses any other word", () => {
      assert.equal(node.run("apply-worker-tuning.sh", ["some"]).status, 2);
    });
  });

  describe("san-boot-multipath", () => {
    const grub = "etc/default/grub.d/50-curtin-multipath.cfg";
    const lines = (device: string): string =>
      `# Written by curtin for multipath device wwid "3624a9370abc"\nGRUB_DEVICE=${device}-part2\nGRUB_DISABLE_LINUX_UUID=true\n`;

    it("leaves a node with a local disk alone", () => {
      twice("san-boot-multipath.sh");
      assert.deepEqual(node.everything(), {});
    });

    it("points the boot configuration to the WWID, once", () => {
      node.write(grub, lines("/dev/mapper/mpath0"));
      node.write("etc/multipath/bindings", "# Format:\n# alias wwid\nmpath1 3624a9370fff\nmpath0 3624a9370abc\n");
      twice("san-boot-multipath.sh");
      assert.equal(node.read(grub), lines("/dev/mapper/3624a9370abc"));
    });

    it("tells mpath1 from mpath10", () => {
      node.write(grub, lines("/dev/mapper/mpath1"));
      node.write("etc/multipath/bindings", "mpath10 3624a9370fff\nmpath1 3624a9370abc\n");
      twice("san-boot-multipath.sh");
      assert.equal(node.read(grub), lines("/dev/mapper/3624a9370abc"));
    });

    it("changes nothing and fails when the WWID is not known", () => {
      node.write(grub, lines("/dev/mapper/mpatha"));
      node.write("etc/multipath/bindings", "mpathb 3624a9370fff\n");
      const { status, stderr } = node.run("san-boot-multipath.sh");
      assert.equal(status, 1);
      assert.match(stderr, /no WWID for mpatha/);
      assert.equal(node.read(grub), lines("/dev/mapper/mpatha"));
    });

    it("changes nothing and fails when there are no bindings", () => {
      node.write(grub, lines("/dev/mapper/mpath0"));
      assert.equal(node.run("san-boot-multipath.sh").status, 1);
      assert.equal(node.read(grub), lines("/dev/mapper/mpath0"));
    });
  });

  describe("prepare-iscsi", () => {
    it("gives a node an initiator name of its own and automatic sessions", () => {
      node.write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
      node.write("etc/iscsi/initiatorname.iscsi", "InitiatorName=iqn.2004-10.com.ubuntu:01:image\n");
      node.write("etc/iscsi/iscsid.conf", "node.startup = manual\nnode.session.timeo.replacement_timeout = 120\n");
      twice("prepare-iscsi.sh");
      assert.equal(
        node.read("etc/iscsi/initiatorname.iscsi"),
        "InitiatorName=iqn.2004-10.com.ubuntu:01:0123456789ab\n",
      );
      assert.equal(
        node.read("etc/iscsi/iscsid.conf"),
        "node.startup = automatic\nnode.session.timeo.replacement_timeout = 120\n",
      );
    });

    it("begins from nothing", () => {
      node.write("etc/machine-id", "ffff456789abcdef0123456789abcdef\n");
      twice("prepare-iscsi.sh");
      assert.match(node.read("etc/iscsi/iscsid.conf") ?? "", /^node\.startup = automatic$/m);
    });
  });
});
