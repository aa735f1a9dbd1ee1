import type { Habits } from "../habits";
import type { Cluster } from "./cluster";
import type { ClusterProfile } from "./profile";
import type { Audit, ComponentEvent, Notification } from "./record";
import type { CloudAccount, Gateway, Project, Registry, Tenant } from "./tenant";

/** A change to the pack registry made in the lab: a pack moved to new content, switched off, or taken away. */
export interface PackRevision {
  name: string;
  tag: string;
  /** New values; absent: the pack is gone. */
  values?: string | undefined;
  /** Whether it is switched off and stays in lists. Default: false. */
  disabled?: boolean | undefined;
}

/** Everything the simulated tenant knows. Plain data: it is the state file. */
export interface State {
  tenant: Tenant;
  projects: Project[];
  gateways: Gateway[];
  registries: Registry[];
  packRevisions: PackRevision[];
  accounts: CloudAccount[];
  profiles: ClusterProfile[];
  /** Tenant macros, usable in values as `{{.spectro.macro.NAME}}`. */
  macros: { name: string; value: string }[];
  clusters: Cluster[];
  events: ComponentEvent[];
  notifications: Notification[];
  audits: Audit[];
  /** Whether new agent versions are held back tenant-wide. */
  componentUpgrades: "lock" | "unlock";
  /** Habits that were switched; those left out have their defaults. */
  habits?: Partial<Habits> | undefined;
}
