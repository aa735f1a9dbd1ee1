import type { Route } from "../server/route";
import { blockDeviceRoutes } from "./routes/block-device-routes";
import { interfaceRoutes } from "./routes/interface-routes";
import { lifecycleRoutes } from "./routes/lifecycle-routes";
import { machineCollectionRoutes } from "./routes/machine-collection-routes";
import { machineObjectRoutes } from "./routes/machine-routes";

/** Everything that the region serves about machines, their interfaces and disks. */
export const machineRoutes: Route[] = [
  ...machineCollectionRoutes,
  ...machineObjectRoutes,
  ...lifecycleRoutes,
  ...interfaceRoutes,
  ...blockDeviceRoutes,
];
