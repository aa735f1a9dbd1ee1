import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { hostRegion } from "./host-region";
import { appliedNow, fourNic, hostArgs, hostUp, onRepave } from "./hosts";
import type { Kept } from "./region";

const data = "10.20.0.0/16";
const site = (gateway: string): PlainObject => ({ [data]: { settings: { gateway }, routes: {} } });

describe("settings of the site that a deployed host keeps (simulated MAAS)", () => {
  const maas = hostRegion();

  /** The inputs of a host's network: the described gateway, and the one that MAAS had before the run. */
  function args(machine: Kept, described: string, before: string, deployed = true, id: number | null = 7): PlainObject {
    return {
      ...hostArgs(machine, fourNic, deployed ? onRepave : appliedNow).network,
      site: site(described),
      observed: { deployed, id, site: site(before) },
    };
  }

  async function changes(kept: Kept, inputs: PlainObject): Promise<boolean | undefined> {
    return (await maas.command().diff(hostNetworkKind, kept, inputs)).changes;
  }

  /** A machine that is deployed, whose stack was made before settings of the site were recorded. */
  async function deployedHost(): Promise<{ machine: Kept; network: Kept }> {
    const { machine, network } = await hostUp(maas.command(), "worker-1");
    maas.simulator.setMachineStatus("worker-1", "deployed");
    const {
      site: _site,
      observed: _observed,
      deployment: _deployment,
      sitePending: _pending,
      ...state
    } = network.state;
    maas.simulator.requests.clear();
    return { machine, network: { ...network, state } };
  }

  it("are no change for a stack of an earlier version", async () => {
    const { machine, network } = await deployedHost();
    assert.equal(await changes(network, args(machine, "10.20.0.1", "10.20.0.1")), false);
  });

  it("are recorded as pending when the site changes, without a write, and no change after that", async () => {
    const { machine, network } = await deployedHost();
    const inputs = args(machine, "10.20.0.2", "10.20.0.1", true, null);
    assert.equal(await changes(network, inputs), true);
    const recorded = await maas.command().update(hostNetworkKind, network, inputs);
    assert.equal(maas.writes(), 0);
    const pending = [{ part: "site", subject: data, field: "gateway", actual: "10.20.0.1", desired: "10.20.0.2" }];
    assert.deepEqual(recorded.state.pending, pending);

    const after = args(machine, "10.20.0.2", "10.20.0.2", true, null);
    assert.equal(await changes(recorded, after), false);
    const refreshed = await maas.command().refresh(hostNetworkKind, recorded);
    assert.ok(refreshed);
    assert.deepEqual(refreshed.state.pending, pending);
    assert.equal(await changes(refreshed, after), false);

    const undone = args(machine, "10.20.0.1", "10.20.0.2", true, null);
    assert.equal(await changes(recorded, undone), true);
    assert.deepEqual((await maas.command().update(hostNetworkKind, recorded, undone)).state.pending, []);
  });

  it("are pending no longer once the host was released or deployed again", async () => {
    const { machine, network } = await deployedHost();
    const recorded = await maas
      .command()
      .update(hostNetworkKind, network, args(machine, "10.20.0.2", "10.20.0.1", true, null));
    const settled = { ...recorded, state: { ...recorded.state, deployment: { id: 7, site: site("10.20.0.1") } } };
    assert.equal(await changes(settled, args(machine, "10.20.0.2", "10.20.0.2", true, 7)), false);
    assert.equal(await changes(settled, args(machine, "10.20.0.2", "10.20.0.2", true, 8)), true);

    maas.simulator.setMachineStatus("worker-1", "ready");
    const released = args(machine, "10.20.0.2", "10.20.0.2", false, null);
    assert.equal(await changes(recorded, released), true);
    const cleared = await maas.command().update(hostNetworkKind, recorded, released);
    assert.deepEqual([cleared.state.pending, cleared.state.deployment], [[], null]);
    assert.equal(await changes(cleared, released), false);
  });

  it("are not learnt from what MAAS has when a refresh finds a deployment that nothing is recorded of", async () => {
    const { machine, network } = await deployedHost();
    const known = { ...network, state: { ...network.state, site: site("10.20.0.9") } };
    const refreshed = await maas.command().refresh(hostNetworkKind, known);
    assert.ok(refreshed);
    assert.equal(refreshed.state.deployment, null);
    assert.equal(await changes(refreshed, args(machine, "10.20.0.9", "10.20.0.9", true, null)), false);
  });

  it("are learnt anew by a refresh of a host that was deployed again", async () => {
    const { machine, network } = await deployedHost();
    const recorded = await maas
      .command()
      .update(hostNetworkKind, network, args(machine, "10.20.0.1", "10.20.0.9", true, null));
    assert.equal((recorded.state.pending as unknown[]).length, 1);
    const settled = { ...recorded, state: { ...recorded.state, deployment: { id: 7, site: site("10.20.0.9") } } };
    const deployedAgain = maas.simulator.store.machines.find(({ hostname }) => hostname === "worker-1");
    assert.ok(deployedAgain);
    deployedAgain.installationResultId = 8;
    const refreshed = await maas.command().refresh(hostNetworkKind, settled);
    assert.ok(refreshed);
    assert.deepEqual(refreshed.state.pending, []);
  });
});
