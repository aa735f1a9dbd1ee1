import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { join } from "node:path";
import { Clock } from "./clock";
import { ClusterController } from "./controller/cluster-controller";
import { Faults } from "./faults";
import { listHabits, withHabit } from "./habits";
import { serveAdmin } from "./http/admin-handler";
import { serveApi } from "./http/api-handler";
import { RateLimits } from "./http/rate-limits";
import { Router } from "./http/router";
import { Sessions } from "./http/sessions";
import { ExchangeLog } from "./observation/exchange-log";
import { withoutSecrets } from "./observation/masking";
import { RequestLog } from "./observation/request-log";
import { allRoutes } from "./operations/routes";
import type { PaletteSeed, PaletteSimulator, PaletteSimulatorOptions } from "./options";
import { PackCatalogue } from "./packs/catalogue";
import { readRegistry } from "./packs/read-registry";
import { Palette } from "./palette";
import { SealedFile } from "./sealed-file";
import { PUBLIC_REPOSITORY, registryUid, seedState } from "./seed";
import { Store } from "./store";

const DEFAULT_SEED: PaletteSeed = {
  organization: "lab",
  projects: ["vmo", "Default"],
  gateways: ["dev-gateway"],
  accounts: [],
  macros: [],
};

/**
 * Starts a simulated Palette tenant on 127.0.0.1: its API with the scopes, limits and refusals of the real one, a registry of
 * packs, and a cluster controller that builds clusters from machines of a real or simulated MAAS. With a state file it goes
 * on where a killed one stopped.
 * @throws Error when the port is taken or the state file cannot be opened.
 */
export async function startPaletteSimulator(options: PaletteSimulatorOptions): Promise<PaletteSimulator> {
  const seed = { ...DEFAULT_SEED, ...options.seed };
  const apiKey = options.apiKey ?? randomBytes(24).toString("base64url");
  const adminToken = options.adminToken ?? randomBytes(24).toString("base64url");
  const clock = new Clock(options.timeScale ?? 60);
  const faults = new Faults();
  const store = new Store(
    () => seedState(seed, clock.now()),
    options.stateFile === undefined ? undefined : new SealedFile(options.stateFile, apiKey),
  );
  const catalogue = new PackCatalogue(
    readRegistry(options.packs ?? join(__dirname, "registry"), registryUid(PUBLIC_REPOSITORY)),
    () => store.state.packRevisions,
    () => palette.habits,
  );
  const palette: Palette = new Palette(store, clock, catalogue, faults, options.platform);
  const sessions = new Sessions(apiKey, options.userPassword, () => clock.now());
  const requests = new RequestLog();
  const exchanges =
    options.exchanges === undefined
      ? undefined
      : new ExchangeLog(options.exchanges === true ? undefined : options.exchanges);

  let controller: ClusterController | undefined;
  const dump = (): unknown => withoutSecrets(JSON.parse(JSON.stringify(store.state)));
  const setTimeScale = (timeScale: number): void => {
    clock.setTimeScale(timeScale);
  };
  const reset = async (): Promise<void> => {
    await controller?.stop();
    for (const cluster of store.state.clusters) await options.platform.delete(cluster.uid);
    store.reset();
    faults.clear();
    requests.clear();
    exchanges?.clear();
    controller = new ClusterController(palette);
  };
  const api = {
    palette,
    router: new Router(allRoutes(sessions)),
    sessions,
    limits: options.rateLimits === false ? undefined : new RateLimits(() => performance.now()),
    requests,
    exchanges,
  };
  const admin = {
    adminToken,
    faults,
    requests,
    exchanges,
    state: () => store.state,
    save: () => {
      store.save();
    },
    setTimeScale,
    dump,
    reset,
  };
  const server = createServer((request, response) => {
    const work = request.url?.startsWith("/lab/")
      ? serveAdmin(admin, request, response)
      : serveApi(api, request, response);
    // A client that went away in the middle of a request ends that request only.
    work.catch(() => response.destroy());
  });
  const port = await listen(server, options.port ?? 0);
  controller = new ClusterController(palette);

  const [project] = store.state.projects;
  return {
    url: `http://127.0.0.1:${port}`,
    apiKey,
    adminToken,
    projectUid: project?.uid ?? "",
    projectName: project?.name ?? "",
    gatewayName: store.state.gateways[0]?.name ?? "",
    requests,
    exchanges,
    faults,
    habits: () => listHabits(palette.habits),
    setHabit(name, value) {
      store.state.habits = withHabit(palette.habits, name, value);
      store.save();
    },
    setTimeScale,
    dump,
    reset,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await controller?.stop();
      store.save();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("the server has no port"));
      else resolve(address.port);
    });
  });
}
