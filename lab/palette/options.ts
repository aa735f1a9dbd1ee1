import type { KubernetesPlatform } from "../kubernetes/platform";
import type { Faults } from "./faults";
import type { HabitView } from "./habits";
import type { ExchangeLog } from "./observation/exchange-log";
import type { RequestLog } from "./observation/request-log";

/** What a fresh tenant holds. */
export interface PaletteSeed {
  /** Organisation name. Default `lab`. */
  organization: string;
  /** Project names; the first is the one that `projectUid` names. Default `vmo`, `Default`. */
  projects: string[];
  /** Private cloud gateways; the first is the one that `gatewayName` names. Default `dev-gateway`. */
  gateways: string[];
  /** Cloud accounts that a gateway's installation made: tenant scope, visible in every project. Default none. */
  accounts: { name: string; gateway: string; apiEndpoint: string; apiKey: string }[];
  /** Tenant macros. Default none. */
  macros: { name: string; value: string }[];
}

/** How to start the Palette simulator. */
export interface PaletteSimulatorOptions {
  /** Where clusters get their Kubernetes from. */
  platform: KubernetesPlatform;
  /** Port on 127.0.0.1; 0, the default: a free one. */
  port?: number;
  /** Where the state is kept over restarts (encrypted with the API key); default: in memory only. */
  stateFile?: string;
  /** How many times faster than life delays pass. Default 60: a minute of life is a second. */
  timeScale?: number;
  /** The key that requests are signed with; default: a random one. */
  apiKey?: string;
  /** The token of the admin surface `/lab/`; default: a random one. */
  adminToken?: string;
  /** Password of the user `operator@example.test` for `/v1/auth/authenticate`; default: nobody can log in. */
  userPassword?: string;
  /** What a fresh tenant holds; members left out have their defaults. */
  seed?: Partial<PaletteSeed>;
  /** Folder of the packs in the public registry; default: the lab's own. */
  packs?: string;
  /** Whether the API's rate limits hold. Default true. */
  rateLimits?: boolean;
  /** Records every exchange, secrets masked: in memory (`true`) or also in this file, one a line. Default not. */
  exchanges?: true | string;
}

/** A running Palette simulator. */
export interface PaletteSimulator {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  apiKey: string;
  /** For `/lab/`: `Authorization: Bearer <token>`. */
  adminToken: string;
  /** First seeded project. */
  projectUid: string;
  projectName: string;
  /** First seeded gateway. */
  gatewayName: string;
  /** Requests since the start. */
  requests: RequestLog;
  /** Exchanges, when they are recorded. */
  exchanges: ExchangeLog | undefined;
  /** Faults to switch on and off. */
  faults: Faults;
  /** Every habit with its value, its other values and what is known of the real service. */
  habits(): HabitView[];
  /** Gives a habit a value; it is kept with the state. @throws Error for an unknown name or value. */
  setHabit(name: string, value: string): void;
  /** Changes how many times faster than life delays pass, also of what is under way. */
  setTimeScale(timeScale: number): void;
  /** The whole state, secrets masked. */
  dump(): unknown;
  /** Back to a fresh tenant; Kubernetes clusters are taken down, MAAS is left as it is. Faults and logs are cleared. */
  reset(): Promise<void>;
  /** Stops serving and stops the cluster controller; the state stays in its file. */
  close(): Promise<void>;
}
