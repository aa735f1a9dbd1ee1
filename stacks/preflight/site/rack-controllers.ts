import { hostNetworks } from "../../description/all-networks";
import type { Hit } from "../rule";
import { maasRule } from "./machines";

/** MAAS answers "Select a valid choice" to a rack controller that it does not have. */
export const rackControllersFound = maasRule(
  { code: "SIT014", severity: "error", rule: "Rack controllers that the description names exist." },
  ({ networks }, { rackControllers }) =>
    hostNetworks(networks).flatMap(({ role, dhcp }): Hit[] =>
      (["primaryRack", "secondaryRack"] as const).flatMap((key): Hit[] => {
        const name = dhcp?.[key] ?? null;
        if (name === null || rackControllers.some(({ hostname, systemId }) => hostname === name || systemId === name))
          return [];
        return [
          {
            path: `networks.${role}.dhcp.${key}`,
            message: `there is no rack controller "${name}": MAAS has ${rackControllers.map(({ hostname }) => hostname).join(", ") || "none"}`,
            fix: "Write the hostname or system id of one of them.",
          },
        ];
      }),
    ),
);

/** A rack controller whose DHCP, TFTP or HTTP does not run deploys nothing. */
export const rackControllersHealthy = maasRule(
  { code: "SIT015", severity: "warning", rule: "All services of MAAS's rack controllers run." },
  (_datacenter, { rackControllers }) =>
    rackControllers
      .filter(({ deadServices }) => deadServices.length > 0)
      .map(({ hostname, deadServices }) => ({
        path: "maas.url",
        message: `the rack controller ${hostname} does not run ${deadServices.join(", ")}: machines may not boot from the network`,
        fix: "Look at the controller in MAAS under Controllers, and start the services.",
      })),
);
