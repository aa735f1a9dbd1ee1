import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { cloudAccountKind as kind } from "../../../providers/palette/cloud-account";
import { type Kept, tenant } from "./tenant";

/** The parts of an account that somebody changes by hand. */
interface AccountBody {
  metadata: { name: string; uid: string; annotations: Record<string, string> };
  spec: { apiEndpoint: string; apiKey: string; preferredSubnets: string[] | null };
}

const path = "/v1/cloudaccounts/maas";

describe("MAAS cloud account (simulated Palette and MAAS)", () => {
  const site = tenant({ seed: { gateways: ["dev-gateway", "other-gateway"] } });
  let args: PlainObject;

  beforeEach(async () => {
    await site.palette.reset();
    args = {
      name: "maas-test",
      gateway: site.palette.gatewayName,
      apiEndpoint: site.maas.url,
      apiKey: site.maas.apiKey,
      preferredSubnets: ["172.16.0.0/22"],
    };
  });

  const up = (): Promise<Kept> => site.command().up(kind, args);
  const accounts = async (): Promise<AccountBody[]> =>
    (await site.byHand().get<{ items: AccountBody[] | null }>(`${path}?limit=50`)).items ?? [];

  async function changeByHand(id: string, change: (body: AccountBody) => void): Promise<void> {
    const client = site.byHand();
    const { metadata, spec } = await client.get<AccountBody>(`${path}/${id}`);
    const body = { metadata, spec: { ...spec, preferredSubnets: spec.preferredSubnets ?? [] } };
    change(body);
    await client.ok(204, "PUT", `${path}/${id}`, body);
  }

  it("is as described after it was made, and stays so", async () => {
    const kept = await up();
    const seen = await site.command().refresh(kind, kept);
    assert.ok(seen);
    assert.deepEqual(seen.state, kept.state);
    assert.equal((await site.command().diff(kind, seen, args)).changes, false);
    const [account] = await accounts();
    assert.equal(account?.metadata.annotations["vmo-metal-datacenter"], "test");
  });

  const drifts: [input: string, change: (body: AccountBody) => void][] = [
    ["apiEndpoint", ({ spec }) => (spec.apiEndpoint = "http://elsewhere.example.test:5240/MAAS")],
    ["apiKey", ({ spec }) => (spec.apiKey = "somebody:else:here")],
    ["preferredSubnets", ({ spec }) => (spec.preferredSubnets = ["10.0.0.0/8"])],
    ["name", ({ metadata }) => (metadata.name = "renamed")],
  ];
  for (const [input, change] of drifts) {
    it(`shows that ${input} was changed by hand, and heals it`, async () => {
      const kept = await up();
      await changeByHand(kept.id, change);
      const seen = await site.command().refresh(kind, kept);
      assert.ok(seen);
      assert.notDeepEqual(seen.state[input], kept.state[input]);
      assert.equal((await site.command().diff(kind, seen, args)).changes, true);
      const healed = await site.command().update(kind, seen, args);
      const after = await site.command().refresh(kind, healed);
      assert.deepEqual(after?.state[input], kept.state[input]);
      assert.equal((await site.command().diff(kind, healed, args)).changes, false);
    });
  }

  it("moves to another gateway, also when it was moved away by hand", async () => {
    const kept = await up();
    const wanted = { ...args, gateway: "other-gateway" };
    assert.equal((await site.command().diff(kind, kept, wanted)).changes, true);
    const moved = await site.command().update(kind, kept, wanted);
    const seen = await site.command().refresh(kind, moved);
    assert.equal(seen?.state["gateway"], "other-gateway");
    const back = await site.command().refresh(kind, { id: kept.id, state: kept.state });
    assert.ok(back);
    assert.equal((await site.command().diff(kind, back, args)).changes, true);
  });

  it("is found by its marker when the run that made it was killed before it was recorded", async () => {
    const first = await up();
    const again = await up();
    assert.equal(again.id, first.id);
    assert.equal(again.state["origin"], "created");
    assert.equal((await accounts()).length, 1);
  });

  for (const fault of ["bad-gateway-after-work", "reset-after-work"] as const) {
    it(`is not doubled when the answer of its creation is lost (${fault})`, async () => {
      site.palette.faults.add({ kind: fault, verb: "POST", path, times: 1 });
      const kept = await up();
      assert.equal((await accounts()).length, 1);
      const seen = await site.command().refresh(kind, kept);
      assert.ok(seen);
      assert.equal((await site.command().diff(kind, seen, args)).changes, false);
    });
  }

  it("is found among more accounts than one page holds", async () => {
    const client = site.byHand();
    const { items } = await client.get<{ items: { metadata: { uid: string } }[] }>("/v1/overlords");
    const overlordUid = items[0]?.metadata.uid ?? "";
    for (let number = 0; number < 60; number += 1)
      await client.ok(201, "POST", path, {
        metadata: { name: `account-${number}`, annotations: { overlordUid } },
        spec: { apiEndpoint: site.maas.url, apiKey: site.maas.apiKey, preferredSubnets: [] },
      });
    const kept = await up();
    assert.equal((await up()).id, kept.id);
  });

  describe("that exists already", () => {
    let uid: string;

    /** What a write can change, without the time of the last one. */
    const written = async () =>
      (await accounts()).map(({ metadata, spec }) => ({
        name: metadata.name,
        annotations: metadata.annotations,
        spec,
      }));

    beforeEach(async () => {
      const client = site.byHand();
      const { items } = await client.get<{ items: { metadata: { uid: string } }[] }>("/v1/overlords");
      const body = {
        metadata: { name: "maas-test", annotations: { overlordUid: items[0]?.metadata.uid ?? "" } },
        spec: { apiEndpoint: site.maas.url, apiKey: site.maas.apiKey, preferredSubnets: ["10.9.0.0/16"] },
      };
      ({ uid } = await client.ok<{ uid: string }>(201, "POST", path, body));
    });

    it("is adopted without permission and without a write when it is as described", async () => {
      const before = await written();
      const adopted = await site.command().up(kind, { ...args, preferredSubnets: ["10.9.0.0/16"] });
      assert.deepEqual([adopted.id, adopted.state["origin"], adopted.state["previous"]], [uid, "adopted", {}]);
      assert.deepEqual(await written(), before);
      await site.command().destroy(kind, adopted);
      assert.deepEqual(await written(), before);
    });

    it("keeps preferred subnets that are not described, and their change is no drift", async () => {
      const { preferredSubnets: _none, ...rest } = args;
      const adopted = await site.command().up(kind, rest);
      await changeByHand(uid, ({ spec }) => (spec.preferredSubnets = ["10.8.0.0/16"]));
      const seen = await site.command().refresh(kind, adopted);
      assert.ok(seen);
      assert.equal((await site.command().diff(kind, seen, rest)).changes, false);
      await site.command().destroy(kind, seen);
      assert.deepEqual((await accounts())[0]?.spec.preferredSubnets, ["10.8.0.0/16"]);
    });

    it("is changed only with adopt: true, and gets its previous values back on destroy", async () => {
      await assert.rejects(
        up(),
        /Cloud account "maas-test" exists in Palette already.*preferredSubnets: .*10\.9.* -> .*172\.16.*adopt: true/s,
      );
      const before = await written();
      const adopted = await site.command().up(kind, { ...args, adopt: true });
      assert.deepEqual([adopted.id, adopted.state["origin"]], [uid, "adopted"]);
      assert.deepEqual((await accounts())[0]?.spec.preferredSubnets, ["172.16.0.0/22"]);
      await site.command().destroy(kind, adopted);
      assert.deepEqual(await written(), before);
    });

    for (const fault of ["bad-gateway-after-work", "reset-after-work"] as const) {
      it(`gets its previous values back although the answer of the adopting write was lost (${fault})`, async () => {
        const before = await written();
        site.palette.faults.add({ kind: fault, verb: "PUT", path: `${path}/${uid}`, times: 9 });
        await assert.rejects(site.command().up(kind, { ...args, adopt: true }));
        site.palette.faults.clear();
        const adopted = await site.command().up(kind, { ...args, adopt: true });
        assert.equal(adopted.state["origin"], "adopted");
        await site.command().destroy(kind, adopted);
        assert.deepEqual(await written(), before);
      });
    }

    it("keeps on destroy what somebody else changed since", async () => {
      const adopted = await site.command().up(kind, { ...args, adopt: true });
      await changeByHand(uid, ({ spec }) => (spec.preferredSubnets = ["10.7.0.0/16"]));
      await site.command().destroy(kind, adopted);
      assert.deepEqual((await accounts())[0]?.spec.preferredSubnets, ["10.7.0.0/16"]);
    });

    it("is referenced by a second stack that describes it equally, and refused when it does not", async () => {
      const owned = await site.command().up(kind, { ...args, adopt: true });
      const other = (changes: PlainObject): Promise<Kept> =>
        site.command({ name: "other" }).up(kind, { ...args, ...changes });
      const referenced = await other({});
      assert.equal(referenced.state["origin"], "referenced");
      await assert.rejects(
        other({ adopt: true, preferredSubnets: ["10.1.0.0/16"] }),
        /belongs to datacenter "test", and datacenter "other" describes it with other values/,
      );
      await site.command({ name: "other" }).destroy(kind, referenced);
      const seen = await site.command().refresh(kind, owned);
      assert.deepEqual(seen?.state, owned.state);
    });
  });

  it("refuses a gateway that is down, and one that does not exist", async () => {
    site.palette.faults.add({ kind: "gateway-down" });
    await assert.rejects(up(), /gateway "dev-gateway" is not running|cannot use MAAS at/);
    site.palette.faults.clear();
    args["gateway"] = "no-such-gateway";
    await assert.rejects(up(), /no private cloud gateway "no-such-gateway"; it has: dev-gateway, other-gateway/);
    assert.deepEqual(await accounts(), []);
  });

  it("refuses a MAAS key that MAAS does not know, without showing it", async () => {
    args["apiKey"] = "wrong:key:topsecret";
    await assert.rejects(up(), (failure: Error) => {
      assert.match(failure.message, /Palette cannot use MAAS at http:\/\/127\.0\.0\.1/);
      assert.doesNotMatch(failure.message, /topsecret/);
      return true;
    });
    assert.deepEqual(await accounts(), []);
  });

  it("explains a wrong API key and a wrong project", async () => {
    await assert.rejects(site.command({ apiKey: "wrong" }).up(kind, args), /401 UnAuthorizedAccess.*Check the API key/);
    await assert.rejects(
      site.command({ project: "nowhere" }).up(kind, args),
      /shows no project "nowhere" to this API key. It shows: Default, vmo/,
    );
  });

  it("is refused on another Palette than the one it was made on", async () => {
    const kept = await up();
    const other = site.command({ project: "Default" });
    await assert.rejects(other.refresh(kind, kept), /made on .*#vmo.*points to .*#Default/);
  });

  it("is gone after a destroy, which can be repeated", async () => {
    const kept = await up();
    await site.command().destroy(kind, kept);
    await site.command().destroy(kind, kept);
    assert.equal(await site.command().refresh(kind, kept), undefined);
  });

  it("treats null lists as empty ones", async () => {
    site.palette.faults.add({ kind: "null-lists" });
    const kept = await up();
    const seen = await site.command().refresh(kind, kept);
    assert.ok(seen);
    assert.equal((await site.command().diff(kind, seen, args)).changes, false);
    // Not as Palette describes its own lists, so not to be held to it.
    site.palette.exchanges?.clear();
  });
});
