import assert from "node:assert/strict";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import { valueLines } from "../../../providers/palette/cluster/changed-layers";
import { clusterArgs, maasByHand, prepareMaas, prepareTenant } from "./cluster-site";
import { type Kept, tenant } from "./tenant";

const kind = clusterKind();

describe("layers that were changed on the cluster itself (simulated Palette and MAAS)", function () {
  this.timeout(60_000);
  const site = tenant();
  let profiles: { infra: Kept; core: Kept };
  let kept: Kept;

  before(async () => {
    await prepareMaas(site.maas);
    profiles = await prepareTenant(site);
    kept = await site.command().up(kind, clusterArgs());
  });

  async function refreshed(from: Kept = kept): Promise<Kept> {
    const seen = await site.command().refresh(kind, from);
    assert.ok(seen);
    return seen;
  }

  /** Puts back what was seen, and holds the cluster to that. */
  async function heal(seen: Kept): Promise<void> {
    assert.equal((await site.command().diff(kind, seen, clusterArgs())).changes, true);
    kept = await site.command().update(kind, seen, clusterArgs());
    const after = await refreshed();
    assert.equal(after.state["changedLayers"], null);
    assert.equal((await site.command().diff(kind, after, clusterArgs())).changes, false);
  }

  /** Attaches a profile with layers of the cluster's own, as the console does. */
  async function change(profile: Kept, packValues: unknown[]): Promise<void> {
    await site.byHand().ok(204, "PATCH", `/v1/spectroclusters/${kept.id}/profiles`, {
      profiles: [{ uid: profile.state["uid"], packValues }],
    });
  }

  async function changeValues(profile: Kept, changes: Record<string, (values: string) => string>): Promise<void> {
    const { spec } = await site
      .byHand()
      .get<{ spec: { published: { packs: { name: string; values: string }[] } } }>(
        `/v1/clusterprofiles/${profile.state["uid"] as string}`,
      );
    const changed = spec.published.packs.flatMap(({ name, values }) => {
      const text = changes[name]?.(values) ?? values;
      return text === values ? [] : [{ name, values: text }];
    });
    assert.equal(changed.length, Object.keys(changes).length);
    await change(profile, changed);
  }

  const speaker = {
    "lb-metallb-helm": (values: string): string => values.replace("ignoreExcludeLB: true", "ignoreExcludeLB: false"),
  };
  const speakerLine = "charts.metallb-full.metallb.speaker.ignoreExcludeLB is false, in the profile true";

  it("are told by profile, layer and path, without what may be a secret, and put back", async () => {
    await changeValues(profiles.core, {
      ...speaker,
      "prometheus-operator": (values) => values.replace(/adminPassword: .*/, "adminPassword: typed-by-hand"),
    });
    const seen = await refreshed();
    assert.deepEqual(seen.state["changedLayers"], {
      "VMO-RA-Core-PXKE/lb-metallb-helm": [speakerLine],
      "VMO-RA-Core-PXKE/prometheus-operator": [
        "charts.kube-prometheus-stack.grafana.adminPassword is another value than the profile's",
      ],
    });
    assert.ok(!JSON.stringify(seen.state).includes("typed-by-hand"));
    await heal(seen);
  });

  it("are reported and put back when a manifest is another one, by its uid", async () => {
    const manifests = [{ name: "grafana-issuer", content: "kind: Nothing\n" }];
    await change(profiles.core, [{ name: "prometheus-operator", manifests }]);
    const seen = await refreshed();
    assert.deepEqual(seen.state["changedLayers"], {
      "VMO-RA-Core-PXKE/prometheus-operator": ["manifest grafana-issuer is another one than the profile's"],
    });
    site.palette.setHabit("manifest-uids", "required");
    await heal(seen);
    site.palette.setHabit("manifest-uids", "optional");
  });

  it("are put back instead of the approval that a changed operating system waits for; no node is touched", async () => {
    await changeValues(profiles.infra, {
      "ubuntu-maas": (values) => values.replace("update-ca-certificates", "update-ca-certificates --fresh"),
    });
    const path = `/v1/spectroclusters/${kept.id}`;
    const repave = async (): Promise<string | undefined> =>
      (await site.byHand().get<{ status: { repave: { state: string } | null } }>(path)).status.repave?.state;
    const machines = async (): Promise<string[]> => {
      const client = maasByHand(site.maas);
      const found = await client.machines.list(0);
      client.close();
      return found.map(({ hostname, status_name }) => `${hostname} ${status_name}`).sort();
    };
    while ((await repave()) !== "Pending") await new Promise((resolve) => setTimeout(resolve, 20));
    const before = await machines();
    await heal(await refreshed());
    assert.equal(await repave(), "Reverted");
    assert.deepEqual(await machines(), before);
  });

  it("are left when no preview showed them, and shown by the next one", async () => {
    await changeValues(profiles.core, speaker);
    kept = await site.command().update(kind, kept, clusterArgs());
    const seen = await refreshed();
    assert.deepEqual(seen.state["changedLayers"], { "VMO-RA-Core-PXKE/lb-metallb-helm": [speakerLine] });
    await heal(seen);
  });
});

describe("differences of a layer on a cluster", () => {
  const none = new Set<string>();

  it("are told with both sides, long ones cut", () => {
    assert.deepEqual(valueLines("a: { b: 1 }", "a: { b: 2, c: x }", none), [
      "a.b is 2, in the profile 1",
      'a.c is "x", in the profile not set',
    ]);
    assert.match(valueLines("a: 1", `a: ${"x".repeat(100)}`, none)[0] ?? "", /^a is "x{56}\.\.\., in the profile 1$/);
  });

  it("are none where only white space, comments or the order differ, or Palette masks a side", () => {
    assert.deepEqual(valueLines("a: 1\nb: 2\n", "# by hand\nb: 2\na: 1", none), []);
    assert.deepEqual(valueLines("a: 1", 'a: "********"', none), []);
  });

  it("do not show what stands in the place of a secret value or of a variable", () => {
    const secret = new Set(["a/b~1c"]);
    assert.deepEqual(valueLines('a: { "b/c": x }', 'a: { "b/c": clear }', secret), [
      "a.b/c is another value than the profile's",
    ]);
    assert.deepEqual(valueLines('a: "{{.spectro.var.password}}"', "a: clear", none), [
      "a is another value than the profile's",
    ]);
  });
});
