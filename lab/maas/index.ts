import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { adminSurface } from "./admin/admin-surface";
import { dumpRegion } from "./admin/dump";
import { machineRoutes } from "./machines/routes";
import type { MaasSimulator, MaasSimulatorOptions } from "./maas-simulator";
import { timerHandlers } from "./machines/timer-handlers";
import { setMachineStatus } from "./machines/set-machine-status";
import { RegionStore, type RegionState } from "./region-store";
import { emptyRegion, seedRegion } from "./seed/seed-region";
import { Faults } from "./server/faults";
import { listen } from "./server/listener";
import { ADMIN } from "./seed/empty-site";
import { TextParameters } from "./server/text-parameters";
import { OAuthVerifier } from "./server/oauth";
import { RequestLog } from "./server/request-log";
import { Router } from "./server/router";
import { siteRoutes } from "./site/routes";
import { randomKey } from "./site/routes/account";
import type { TokenRecord } from "./site/model";
import { addUser } from "./site/users";
import { withOwnToken, withoutOwnToken } from "./own-token";
import { StateFile } from "./state-file";
import type { Store } from "./store";

export { faultSwitches } from "./server/faults";
export type { MaasSimulator, MaasSimulatorOptions } from "./maas-simulator";

function tokenOf(apiKey: string): Omit<TokenRecord, "user" | "name"> {
  const [consumerKey, tokenKey, tokenSecret, ...rest] = apiKey.split(":");
  if (!consumerKey || !tokenKey || !tokenSecret || rest.length > 0) {
    throw new Error("an API key of MAAS has the form consumer:token:secret");
  }
  return { consumerKey, tokenKey, tokenSecret };
}

function randomApiKey(): string {
  return [randomKey(18), randomKey(18), randomKey(32)].join(":");
}

async function operate(store: Store, name: string, operation: string, form: Record<string, string>): Promise<void> {
  const systemId = machineId(store, name);
  const owner = store.machines.find((machine) => machine.systemId === systemId)?.owner ?? ADMIN;
  const path = "/machines/:system_id/";
  const route = machineRoutes.find((one) => one.method === "POST" && one.path === path && one.operation === operation);
  if (route === undefined) throw new Error(`machines have no operation ${operation}`);
  await route.handle({
    method: "POST",
    params: { system_id: systemId },
    query: new TextParameters(),
    form: new TextParameters(Object.entries(form)),
    user: owner,
    store,
  });
  store.changed();
}

function machineId(store: Store, name: string): string {
  const machine = store.machines.find((candidate) => candidate.systemId === name || candidate.hostname === name);
  if (machine === undefined) throw new Error(`no machine ${name}`);
  return machine.systemId;
}

/** Starts a simulated MAAS 3.6 region on 127.0.0.1. */
export async function startMaasSimulator(options: MaasSimulatorOptions = {}): Promise<MaasSimulator> {
  const apiKey = options.apiKey ?? randomApiKey();
  const adminToken = options.adminToken ?? randomBytes(24).toString("hex");
  const token = tokenOf(apiKey);
  const faults = new Faults();
  const log = new RequestLog();
  const stored =
    options.stateFile === undefined ? undefined : (StateFile.read(options.stateFile) as RegionState | undefined);
  const file =
    options.stateFile === undefined
      ? undefined
      : new StateFile(options.stateFile, () => withoutOwnToken(store.snapshot(), token));
  const store = new RegionStore(stored === undefined ? emptyRegion(token) : withOwnToken(stored, token), {
    timeScale: options.timeScale ?? 60,
    handlers: timerHandlers,
    faults,
    onChange: () => file?.touch(),
  });
  let seed = options.seed ?? {};
  if (stored === undefined && seed !== false) seedRegion(store, seed);
  file?.writeNow();
  const verifier = new OAuthVerifier(
    () => store.site.tokens,
    () => new Date(),
  );
  const api = { router: new Router([...siteRoutes, ...machineRoutes]), verifier, store };
  const admin = adminSurface(() => simulator, adminToken);
  const { server, port } = await listen({ api, faults, log, admin }, options.port ?? 0);
  const simulator: MaasSimulator = {
    url: `http://127.0.0.1:${port}/MAAS`,
    port: (server.address() as AddressInfo).port,
    apiKey,
    adminToken,
    requests: log,
    faults,
    store,
    region: () => store.snapshot(),
    dump: () => dumpRegion(store.snapshot()),
    reset: (wanted) => {
      seed = wanted ?? seed;
      store.replace(emptyRegion(token));
      if (seed !== false) seedRegion(store, seed);
      faults.clear();
      log.clear();
    },
    load: (state) => store.replace(state),
    setMachineStatus: (name, status) => {
      setMachineStatus(store, machineId(store, name), status);
      store.changed();
    },
    machineOperation: (name, operation, form = {}) => operate(store, name, operation, form),
    userKey: (username) => {
      const { users, tokens } = store.site;
      if (!users.some((user) => user.username === username)) addUser(store, username);
      const [consumerKey = "", tokenKey = "", tokenSecret = ""] = randomApiKey().split(":");
      let key = tokens.find((known) => known.user === username);
      if (key === undefined) {
        key = { user: username, name: "MAAS consumer", consumerKey, tokenKey, tokenSecret };
        tokens.push(key);
        store.changed();
      }
      return [key.consumerKey, key.tokenKey, key.tokenSecret].join(":");
    },
    setTimeScale: (scale) => {
      if (!(scale > 0)) throw new Error("the time scale is a number above 0");
      store.timeScale = scale;
    },
    close: async () => {
      store.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await file?.close();
    },
  };
  return simulator;
}
