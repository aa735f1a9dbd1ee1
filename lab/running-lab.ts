import { findBinaries } from "./kubernetes/control-plane/binaries";
import { LocalPlatform } from "./kubernetes/local-platform";
import type { KubernetesPlatform } from "./kubernetes/platform";
import { labAddresses, PALETTE_GATEWAY, PALETTE_PROJECT, type LabAddresses } from "./addresses";
import type { LabCredentials } from "./credentials";
import { PROJECT, type LabFolder } from "./lab-folder";
import { startMaasSimulator, type MaasSimulator } from "./maas";
import { startPaletteSimulator, type PaletteSimulator } from "./palette";
import type { LabSettings } from "./settings";

/** A lab that runs in this process: both simulators, and Kubernetes where its programs are there. */
export class RunningLab {
  private constructor(
    readonly addresses: LabAddresses,
    readonly settings: LabSettings,
    readonly startedAt: Date,
    readonly maas: MaasSimulator,
    readonly palette: PaletteSimulator,
    /** Undefined when the programs of a control plane are missing: then no cluster can be made. */
    readonly kubernetes: LocalPlatform | undefined,
    /** Which of those programs are missing. */
    readonly missing: readonly string[],
  ) {}

  /** Starts all parts on the state that the folder holds, or from the seed. */
  static async start(
    folder: LabFolder,
    settings: LabSettings,
    credentials: LabCredentials,
    log: (line: string) => void,
  ): Promise<RunningLab> {
    const { adminToken, maasApiKey, paletteApiKey } = credentials;
    const { timeScale } = settings;
    const { binaries, missing } = findBinaries(PROJECT);
    const kubernetes =
      binaries === undefined ? undefined : new LocalPlatform({ folder: folder.kubernetes, binaries, timeScale, log });
    if (kubernetes === undefined) log(`no Kubernetes in this lab: ${missing.join(", ")} missing`);
    await kubernetes?.resume();
    const maas = await startMaasSimulator({
      port: settings.maasPort,
      stateFile: folder.maas,
      apiKey: maasApiKey,
      adminToken,
      timeScale,
      seed: { site: settings.site, workers: settings.workers },
    });
    const palette = await startPaletteSimulator({
      platform: kubernetes ?? noKubernetes(missing),
      port: settings.palettePort,
      stateFile: folder.palette,
      apiKey: paletteApiKey,
      adminToken,
      timeScale,
      seed: { projects: [PALETTE_PROJECT, "Default"], gateways: [PALETTE_GATEWAY] },
      ...(process.env["VMO_METAL_LAB_EXCHANGES"] === undefined
        ? {}
        : { exchanges: process.env["VMO_METAL_LAB_EXCHANGES"] }),
    });
    const addresses = labAddresses(folder, settings, credentials);
    return new RunningLab(addresses, settings, new Date(), maas, palette, kubernetes, missing);
  }

  /** Changes how fast time runs in all parts: seconds of life per real second. */
  setTimeScale(timeScale: number): void {
    this.settings.timeScale = timeScale;
    this.maas.setTimeScale(timeScale);
    this.palette.setTimeScale(timeScale);
    this.kubernetes?.setTimeScale(timeScale);
  }

  /** Stops everything, the control planes too; the state stays on disk. */
  async stop(): Promise<void> {
    await this.palette.close();
    await this.maas.close();
    await this.kubernetes?.stop();
  }
}

/** Stands in where the programs of a control plane are missing. */
function noKubernetes(missing: string[]): KubernetesPlatform {
  const refuse = () =>
    Promise.reject(
      new Error(
        `this lab has no Kubernetes: ${missing.join(", ")} missing; run \`npm run setup\`, then start the lab again`,
      ),
    );
  return { create: refuse, setNodes: refuse, install: refuse, delete: () => Promise.resolve() };
}
