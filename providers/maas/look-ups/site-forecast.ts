import type { MaasClient } from "../client/client";
import { silentLog } from "../client/log";
import type { MaasConnection } from "../connection";
import { domainKind } from "../domain";
import { fabricKind } from "../fabric";
import { ipRangeKind } from "../ip-range";
import type { Forecast } from "../ownership/forecast";
import { resourcePoolKind } from "../resource-pool";
import { settingKind } from "../setting";
import { staticRouteKind } from "../static-route";
import { subnetKind } from "../subnet";
import { tagKind } from "../tag";
import { vlanDhcpKind } from "../vlan-dhcp";
import { vlanKind } from "../vlan";
import { zoneKind } from "../zone";

/** A kind that can tell what an update would do. */
interface Forecasting {
  forecast(link: MaasConnection, inputs: object): Promise<Forecast>;
}

/** Kinds of site objects by the class of their resource. */
const kinds = {
  Setting: settingKind,
  ResourcePool: resourcePoolKind,
  Zone: zoneKind,
  Tag: tagKind,
  Domain: domainKind,
  Fabric: fabricKind,
  Vlan: vlanKind,
  Subnet: subnetKind,
  IpRange: ipRangeKind,
  VlanDhcp: vlanDhcpKind,
  StaticRoute: staticRouteKind,
} satisfies Record<string, Forecasting>;

/** The class of a site object's resource. */
export type SiteKind = keyof typeof kinds;

/** An object whose fate is asked for. */
export interface ForecastRequest {
  readonly kind: SiteKind;
  /** Name of its resource. */
  readonly name: string;
  /** The name that its resource had in stacks of earlier versions, where it differs. */
  readonly alias?: string;
  /** Where it is described, below `vmo-metal:datacenter`. */
  readonly path: string;
  /** Inputs of its resource. Names of fabrics are those that MAAS has now. */
  readonly inputs: { readonly adopt: boolean; readonly approve: readonly string[] };
}

/** What an update would do with an object if the stack had no record of it. */
export interface ObjectForecast extends Omit<ForecastRequest, "inputs"> {
  readonly forecast: Forecast;
  /** Whether it may be changed although this stack did not create it. */
  readonly adopt: boolean;
  /** Names of fields whose dangerous change is approved. */
  readonly approved: readonly string[];
}

/** Asks each kind what it would do. Reads only, from the lists that the client has already. */
export async function forecastObjects(
  client: MaasClient,
  datacenter: string,
  requests: readonly ForecastRequest[],
): Promise<ObjectForecast[]> {
  const link: MaasConnection = { identity: client.url, formerIdentities: [], client, datacenter, log: silentLog };
  return Promise.all(
    requests.map(async ({ inputs, ...request }) => {
      const forecasting: Forecasting = kinds[request.kind];
      const { adopt, approve } = inputs;
      return { ...request, adopt, approved: approve, forecast: await forecasting.forecast(link, inputs) };
    }),
  );
}
