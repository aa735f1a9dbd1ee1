import type { Route } from "../http/router";
import type { Sessions } from "../http/sessions";
import { cloudAccountRoutes } from "./cloud-accounts";
import { cloudConfigRoutes } from "./cloud-configs";
import { clusterAssetRoutes } from "./cluster-assets";
import { clusterDashboardRoutes } from "./cluster-dashboard";
import { clusterFeatureRoutes } from "./cluster-features";
import { clusterProfileRoutes } from "./cluster-profiles";
import { clusterRepaveRoutes } from "./cluster-repave";
import { clusterSettingRoutes } from "./cluster-settings";
import { clusterVariableRoutes } from "./cluster-variables";
import { clusterRoutes } from "./clusters";
import { gatewayRoutes } from "./gateways";
import { identityRoutes } from "./identity";
import { maasPropertyRoutes } from "./maas-properties";
import { machineRoutes } from "./machines";
import { packRoutes } from "./packs";
import { profileDashboardRoutes } from "./profile-dashboard";
import { profilePackRefRoutes } from "./profile-pack-refs";
import { profilePackRoutes } from "./profile-packs";
import { profileTransferRoutes } from "./profile-transfer";
import { profileVariableRoutes } from "./profile-variables";
import { profileRoutes } from "./profiles";
import { recordRoutes } from "./records";
import { registryRoutes } from "./registries";

/** Every operation that the simulator serves. */
export function allRoutes(sessions: Sessions): Route[] {
  return [
    ...identityRoutes(sessions),
    ...gatewayRoutes,
    ...cloudAccountRoutes,
    ...maasPropertyRoutes,
    ...packRoutes,
    ...registryRoutes,
    ...profileTransferRoutes,
    ...profileRoutes,
    ...profilePackRefRoutes,
    ...profilePackRoutes,
    ...profileVariableRoutes,
    ...profileDashboardRoutes,
    ...clusterRoutes,
    ...clusterFeatureRoutes,
    ...clusterProfileRoutes,
    ...clusterVariableRoutes,
    ...clusterRepaveRoutes,
    ...clusterSettingRoutes,
    ...clusterAssetRoutes,
    ...clusterDashboardRoutes,
    ...cloudConfigRoutes,
    ...machineRoutes,
    ...recordRoutes,
  ];
}
