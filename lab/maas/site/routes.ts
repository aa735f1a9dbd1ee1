import type { Route } from "../server/route";
import { accountRoutes } from "./routes/account";
import { dnsRecordRoutes } from "./routes/dns-records";
import { dnsResourceRoutes } from "./routes/dns-resources";
import { domainRoutes } from "./routes/domains";
import { eventRoutes } from "./routes/events";
import { fabricRoutes } from "./routes/fabrics";
import { ipRangeRoutes } from "./routes/ip-ranges";
import { poolRoutes } from "./routes/pools";
import { regionRoutes } from "./routes/region";
import { settingRoutes } from "./routes/settings";
import { spaceRoutes } from "./routes/spaces";
import { staticRouteRoutes } from "./routes/static-routes";
import { subnetOperationRoutes } from "./routes/subnet-operations";
import { subnetRoutes } from "./routes/subnets";
import { tagRoutes } from "./routes/tags";
import { vlanRoutes } from "./routes/vlans";
import { zoneRoutes } from "./routes/zones";

/** Every endpoint of the region but those of machines. */
export const siteRoutes: readonly Route[] = [
  ...regionRoutes,
  ...accountRoutes,
  ...settingRoutes,
  ...poolRoutes,
  ...zoneRoutes,
  ...fabricRoutes,
  ...vlanRoutes,
  ...spaceRoutes,
  ...subnetRoutes,
  ...subnetOperationRoutes,
  ...ipRangeRoutes,
  ...staticRouteRoutes,
  ...domainRoutes,
  ...dnsResourceRoutes,
  ...dnsRecordRoutes,
  ...tagRoutes,
  ...eventRoutes,
];
