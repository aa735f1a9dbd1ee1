import type { KubernetesPlatform } from "../kubernetes/platform";
import type { Clock } from "./clock";
import type { Faults } from "./faults";
import { habitsSchema, type Habits } from "./habits";
import { operational } from "./http/error";
import { MaasClient } from "./maas/client";
import type { CloudAccount, Gateway, Registry } from "./model/tenant";
import type { State } from "./model/state";
import type { PackCatalogue } from "./packs/catalogue";
import { PUBLIC_REPOSITORY } from "./seed";
import type { Store } from "./store";

/** The gateway of every tenant that needs no private one; always accepted. */
const SYSTEM_GATEWAY = "System Private Gateway";

/** What operations and the cluster controller share. */
export class Palette {
  constructor(
    readonly store: Store,
    readonly clock: Clock,
    readonly catalogue: PackCatalogue,
    readonly faults: Faults,
    readonly platform: KubernetesPlatform,
  ) {}

  /** Everything the tenant knows; changed in place. */
  get state(): State {
    return this.store.state;
  }

  /** How this Palette behaves where no public source decides. */
  get habits(): Habits {
    return habitsSchema.parse(this.state.habits ?? {});
  }

  /** Its registries; the vendor's own goes by the name and kind of the habit. */
  get registries(): Registry[] {
    const renamed = this.habits["vendor-registry"] === "palette-registry";
    return this.state.registries.map((registry) =>
      renamed && registry.name === PUBLIC_REPOSITORY
        ? { ...registry, name: "Palette Registry", kind: "oci" }
        : registry,
    );
  }

  /** A gateway's state as it shows: a fault can take all down. */
  gatewayState(gateway: Gateway): string {
    return this.faults.on("gateway-down") ? "Unknown" : gateway.state;
  }

  /** Whether requests get through an account's gateway; an account without one goes straight. */
  reachable(account: CloudAccount): boolean {
    const gateway = this.state.gateways.find((each) => each.uid === account.annotations["overlordUid"]);
    if (!gateway || gateway.name === SYSTEM_GATEWAY) return true;
    return this.gatewayState(gateway) === "Running";
  }

  /**
   * A client of the account's MAAS.
   * @throws PaletteError 500 when the account's gateway is not running.
   */
  maas(account: CloudAccount): MaasClient {
    if (!this.reachable(account))
      throw operational(
        "PrivateGatewayUnreachable",
        `The private cloud gateway of account '${account.name}' is not running`,
      );
    return new MaasClient(account.apiEndpoint, account.apiKey);
  }
}
