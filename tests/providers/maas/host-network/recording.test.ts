import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { applyCall } from "../../../../providers/maas/host-network/apply-call";
import type { PresentNetwork } from "../../../../providers/maas/host-network/present-network";
import type { MachineNetworkAnswer } from "../../../../providers/maas/host-network/read-host-network";
import { readHostNetwork } from "../../../../providers/maas/host-network/read-host-network";
import { withoutIds } from "./networks";
import type { Exchange, Site } from "./recorded-call";
import { learn, recordedCall } from "./recorded-call";

const RECORDING = join(__dirname, "../../../../../shared/maas-transcript-layouts.ndjson");

describe("the model of MAAS against the recording of a real one", () => {
  it("agrees with every recorded edit", function () {
    if (!existsSync(RECORDING)) {
      console.log("      (left out: the recording is not at ../shared)");
      this.skip();
    }
    const report = replay(RECORDING);
    assert.deepEqual(report.disagreements, []);
    assert.ok(report.compared > 250, `only ${report.compared} edits were compared`);
  });
});

function replay(file: string): { compared: number; disagreements: string[] } {
  const site: Site = { vlans: new Map(), subnets: new Map() };
  const present = new Map<string, PresentNetwork>();
  const pending = new Map<string, { exchange: Exchange; expected: PresentNetwork }>();
  const disagreements: string[] = [];
  const deployed = new Set<string>();
  let compared = 0;
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line === "") continue;
    const exchange = JSON.parse(line) as Exchange;
    if (exchange.method === undefined) continue;
    learn(site, exchange.body);
    const machine = /machines\/(\w{6})\/$/.exec(exchange.path)?.[1];
    if (exchange.method === "GET" && machine !== undefined && exchange.status === 200) {
      const answer = exchange.body as MachineNetworkAnswer;
      const network = readHostNetwork(answer);
      if (["New", "Ready", "Allocated", "Broken"].includes(answer.status_name)) deployed.delete(machine);
      else deployed.add(machine);
      const expectation = pending.get(machine);
      pending.delete(machine);
      if (expectation !== undefined) {
        compared += 1;
        try {
          assert.deepEqual(withoutIds(expectation.expected), withoutIds(network));
        } catch (error) {
          disagreements.push(
            `${expectation.exchange.seq}: ${JSON.stringify(expectation.exchange.form)} ${String(error)}`,
          );
        }
      }
      present.set(machine, network);
      continue;
    }
    const node = /nodes\/(\w{6})\/interfaces\//.exec(exchange.path)?.[1];
    const before = node === undefined ? undefined : present.get(node);
    if (node === undefined || before === undefined || exchange.method === "GET" || deployed.has(node)) continue;
    pending.delete(node);
    const call = recordedCall(exchange, before, site);
    if (call === undefined || (exchange.status >= 400 && exchange.status !== 404 && exchange.status !== 400)) continue;
    const outcome = applyCall(call, before);
    if (exchange.status < 300 && outcome.network !== undefined)
      pending.set(node, { exchange, expected: outcome.network });
    if (exchange.status >= 400 && outcome.refused === undefined)
      disagreements.push(`${exchange.seq}: refused with ${JSON.stringify(exchange.body)}, but the model accepts it`);
    if (exchange.status < 300 && outcome.refused !== undefined && !CAUTIOUS.test(outcome.refused))
      disagreements.push(`${exchange.seq}: accepted, but the model refuses it: ${outcome.refused}`);
  }
  return { compared, disagreements };
}

/** Refusals that are ours: what MAAS takes and no plan shall use. */
const CAUTIOUS =
  /disconnected|never measured|physical NIC|in a bond: the VLAN|below a bridge: its VLAN|has interfaces above|is on \w/;
