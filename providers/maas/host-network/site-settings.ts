import { z } from "zod";
import type { StaticRouteAnswer, SubnetAnswer } from "../client/site-types";
import type { PendingChange } from "../machine-state/pending-change";

/** What machines get from one subnet when they are deployed. A field that is missing is not managed, or not known. */
const subnetSettings = z.strictObject({
  /** `gateway`, `dnsServers` (separated by commas) and `mtu` of its VLAN; null where there is none. */
  settings: z.record(z.string(), z.string().nullable()),
  /** Static routes from the subnet, by the CIDR of their destination: `172.16.0.1 metric 0`; null where there is none. */
  routes: z.record(z.string(), z.string().nullable()),
});

/** What machines get from the subnets of their links when they are deployed, by CIDR. */
export type SiteSettings = Readonly<Record<string, z.infer<typeof subnetSettings>>>;

/** The schema of {@link SiteSettings}. */
export const siteSettingsSchema: z.ZodType<SiteSettings> = z.record(z.string(), subnetSettings);

/** What was observed of a machine's deployment before the run, and of the site that it would be deployed with. */
const observation = z.strictObject({
  /** Whether the machine is deployed, or being deployed. */
  deployed: z.boolean(),
  /** Changes with every deployment (API: `current_installation_result_id`); null where MAAS does not answer it. */
  id: z.number().nullable(),
  site: siteSettingsSchema,
});

/** See {@link deploymentOf}. */
export type SiteObservation = z.infer<typeof observation>;

/** The schema of {@link SiteObservation}. */
export const siteObservationSchema: z.ZodType<SiteObservation> = observation;

const deployment = z.object({ id: z.number().nullable(), site: siteSettingsSchema });

/** The last deployment of a machine in use: its id, and the settings of the site at that time. */
export type Deployment = z.infer<typeof deployment>;

/** Reads a recorded deployment out of state; null for what is none. */
export function readDeployment(recorded: unknown): Deployment | null {
  return deployment.safeParse(recorded).data ?? null;
}

/** A static route as {@link SiteSettings} have it. */
export function formatRoute(gateway: string, metric: number): string {
  return `${gateway} metric ${metric}`;
}

/** DNS servers as {@link SiteSettings} have them; null for none. */
export function formatServers(servers: readonly string[]): string | null {
  return servers.length === 0 ? null : servers.join(", ");
}

/**
 * The settings that MAAS has for the subnets of a description. All settings of a subnet, since one that is described later has been in effect before;
 * of its static routes those to the described destinations. A subnet that MAAS does not have is left out. Pure.
 */
export function observedSettings(
  desired: SiteSettings,
  subnets: readonly SubnetAnswer[],
  routes: readonly StaticRouteAnswer[],
): SiteSettings {
  return Object.fromEntries(
    Object.entries(desired).flatMap(([cidr, wish]) => {
      const subnet = subnets.find((candidate) => candidate.cidr === cidr);
      if (subnet === undefined) return [];
      const settings = {
        gateway: subnet.gateway_ip || null,
        dnsServers: formatServers(subnet.dns_servers),
        mtu: String(subnet.vlan.mtu),
      };
      const destinations = Object.keys(wish.routes).map((destination): [string, string | null] => {
        const route = routes.find(({ source, destination: to }) => source.cidr === cidr && to.cidr === destination);
        return [destination, route === undefined ? null : formatRoute(route.gateway_ip, route.metric)];
      });
      return [[cidr, { settings, routes: Object.fromEntries(destinations) }]];
    }),
  );
}

/** Observed settings of a site, with the values that were recorded of them in the place of what is there now. Pure. */
export function withRecorded(observed: SiteSettings, recorded: SiteSettings): SiteSettings {
  return Object.fromEntries(
    Object.entries(observed).map(([cidr, { settings, routes }]) => [
      cidr,
      {
        settings: { ...settings, ...recorded[cidr]?.settings },
        routes: { ...routes, ...recorded[cidr]?.routes },
      },
    ]),
  );
}

/**
 * The last deployment of a machine as it has to be recorded: null while the machine is not deployed; the recorded one while that deployment lasts, with
 * what was not known before added; else a new one, with the settings that were observed. Pure.
 */
export function deploymentOf(recorded: Deployment | null, { deployed, id, site }: SiteObservation): Deployment | null {
  if (!deployed) return null;
  const lasts = recorded !== null && (recorded.id === null || id === null || recorded.id === id);
  return lasts ? { id: recorded.id ?? id, site: withMissing(recorded.site, site) } : { id, site };
}

function withMissing(known: SiteSettings, more: SiteSettings): SiteSettings {
  const added = Object.entries(more).map(([cidr, subnet]): [string, SiteSettings[string]] => {
    const settings = { ...subnet.settings, ...known[cidr]?.settings };
    return [cidr, { settings, routes: { ...subnet.routes, ...known[cidr]?.routes } }];
  });
  return { ...known, ...Object.fromEntries(added) };
}

/**
 * The settings that a deployed machine gets only when it is deployed again: those in which its deployment differs from the described site. A setting that
 * is not described is not compared; a route that is no longer described is. Pure.
 */
export function pendingSettings(deployed: Deployment | null, desired: SiteSettings): PendingChange[] {
  return Object.entries(desired).flatMap(([cidr, wish]) => {
    const had = deployed?.site[cidr];
    if (had === undefined) return [];
    const settings = Object.entries(wish.settings).map(([field, value]) => ({
      field,
      actual: had.settings[field],
      desired: value,
    }));
    const destinations = [...new Set([...Object.keys(had.routes), ...Object.keys(wish.routes)])].sort();
    const routes = destinations.map((destination) => ({
      field: `route to ${destination}`,
      actual: had.routes[destination],
      desired: wish.routes[destination] ?? null,
    }));
    return [...settings, ...routes].flatMap(({ field, actual, desired: value }) =>
      actual === undefined || actual === value
        ? []
        : [{ part: "site" as const, subject: cidr, field, actual, desired: value }],
    );
  });
}
