import assert from "node:assert/strict";
import { SITE_RULES } from "../../../stacks/preflight/all-rules";
import { preflight } from "../../../stacks/preflight/preflight";
import { datacenterWith } from "../descriptions";
import { machineFact, siteFacts } from "../site-facts";
import { brokenSites } from "./broken-sites";

const secrets = ["flashArrayApiToken", "grafanaAdminPassword", "windowsAdministratorPassword", "guestPassword"];

describe("stacks/preflight/site", () => {
  it("finds nothing at a proper site", () => {
    assert.deepEqual(preflight(datacenterWith(), { secrets, facts: siteFacts() }), {
      errors: [],
      warnings: [],
      silenced: [],
    });
  });

  it("says nothing about what could not be asked", () => {
    assert.deepEqual(preflight(datacenterWith(), { secrets, facts: { maas: null, palette: null } }).errors, []);
  });

  it("finds nothing when the cluster runs and one host is on its way out of the description", () => {
    const facts = siteFacts((machine) => {
      const described = {
        ...machine,
        description: "[vmo-metal dc1]",
        pool: machine.hostname.startsWith("cp") ? "control-plane" : "worker-pool",
      };
      if (machine.hostname === "other-1") return described;
      return /-[46]$/.test(machine.hostname)
        ? described
        : { ...described, status: 6, statusName: "Deployed", owner: "palette" };
    });
    assert.deepEqual(preflight(datacenterWith(), { secrets, facts }).errors, []);
  });

  it("leaves machines alone that Palette would not take because they lack the tag", () => {
    const facts = siteFacts((machine) =>
      machine.hostname === "other-1" ? { ...machine, pool: "worker-pool" } : machine,
    );
    const datacenter = datacenterWith({ hosts: { "worker-pool": { tags: ["vmo"] } } });
    assert.deepEqual(preflight(datacenter, { secrets, facts }).errors, []);
  });

  it("takes machines with what they are found by", () => {
    const facts = siteFacts();
    const [nic] = machineFact("worker-6").interfaces;
    const datacenter = datacenterWith({
      hosts: { "worker-pool": { machines: ["worker-[1-5]", { macAddress: nic?.macAddress }] } },
    });
    assert.deepEqual(preflight(datacenter, { secrets, facts }).errors, []);
  });

  for (const rule of SITE_RULES) {
    describe(`${rule.code} (${rule.severity}) ${rule.rule}`, () => {
      const cases = brokenSites[rule.code] ?? [];
      it("has a case that breaks it", () => assert.notEqual(cases.length, 0));
      for (const { facts, changes, path, message } of cases) {
        it(`finds ${message.source}`, () => {
          const hits = rule.checkSite(datacenterWith(changes), facts);
          assert.deepEqual(
            hits.map((hit) => hit.path),
            [path],
          );
          assert.match(hits[0]?.message ?? "", message);
          assert.match(hits[0]?.fix ?? "", /^[A-Z].*\.$/s, "the fix is a sentence");
        });
      }
    });
  }
});
