import type { State } from "./model/state";
import type { Registry } from "./model/tenant";
import type { PaletteSeed } from "./options";
import { seededUid } from "./uid";

/** Name of the registry that holds the lab's packs. */
export const PUBLIC_REPOSITORY = "Public Repo";

/** Registries of every tenant: the lab's packs are in the first, the others have none. */
const REGISTRIES: readonly Omit<Registry, "uid">[] = [
  { name: PUBLIC_REPOSITORY, kind: "pack", scope: "system", isDefault: true, isPrivate: false },
  { name: "Palette Community Registry", kind: "oci", scope: "system", isDefault: false, isPrivate: false },
  { name: "Helm Charts", kind: "helm", scope: "tenant", isDefault: false, isPrivate: false },
];

/** Uid of a seeded registry. */
export function registryUid(name: string): string {
  return seededUid("registry", name);
}

/** The state of a fresh tenant. Uids follow from names, so that they outlive a reset. */
export function seedState(seed: PaletteSeed, now: number): State {
  const gateways = [...new Set(seed.gateways)].map((name) => ({
    uid: seededUid("gateway", name),
    name,
    state: "Running",
    createdAt: now,
  }));
  return {
    tenant: {
      uid: seededUid("tenant", seed.organization),
      name: seed.organization,
      user: {
        uid: seededUid("user", seed.organization),
        firstName: "Lab",
        lastName: "Operator",
        emailId: "operator@example.test",
      },
    },
    projects: seed.projects.map((name) => ({
      uid: seededUid("project", name),
      name,
      description: "",
      createdAt: now,
    })),
    gateways,
    registries: REGISTRIES.map((registry) => ({ ...registry, uid: registryUid(registry.name) })),
    packRevisions: [],
    accounts: seed.accounts.map((account) => ({
      uid: seededUid("account", account.name),
      name: account.name,
      scope: "tenant",
      projectUid: "",
      annotations: {
        scope: "tenant",
        overlordUid: gateways.find((gateway) => gateway.name === account.gateway)?.uid ?? "",
      },
      labels: {},
      apiEndpoint: account.apiEndpoint,
      apiKey: account.apiKey,
      preferredSubnets: [],
      createdAt: now,
      modifiedAt: now,
    })),
    profiles: [],
    macros: seed.macros,
    clusters: [],
    events: [],
    notifications: [],
    audits: [],
    componentUpgrades: "unlock",
  };
}
