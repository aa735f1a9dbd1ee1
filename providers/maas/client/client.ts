import type { z } from "zod";
import { Fabrics } from "./fabrics";
import { type Log, silentLog } from "./log";
import { Machines } from "./machines";
import { RestCollection } from "./rest-collection";
import { Settings } from "./settings";
import {
  type BootResourceAnswer,
  bootResourceSchema,
  type DnsRecordAnswer,
  dnsRecordSchema,
  type DnsResourceAnswer,
  dnsResourceSchema,
  type DomainAnswer,
  domainSchema,
  type IpRangeAnswer,
  ipRangeSchema,
  type PoolAnswer,
  poolSchema,
  type RackControllerAnswer,
  rackControllerSchema,
  type SpaceAnswer,
  spaceSchema,
  type StaticRouteAnswer,
  staticRouteSchema,
  type SubnetAnswer,
  subnetSchema,
  type UserAnswer,
  userSchema,
  type ZoneAnswer,
  zoneSchema,
} from "./site-types";
import { Tags } from "./tags";
import { Transport, type TransportOptions } from "./transport";
import { type VersionAnswer, judgeVersion, readVersion } from "./version";

/** One MAAS: its API by areas. One per address and key in a process, so that all resources share its lists. */
export class MaasClient {
  readonly pools: RestCollection<PoolAnswer>;
  readonly zones: RestCollection<ZoneAnswer>;
  readonly spaces: RestCollection<SpaceAnswer>;
  readonly domains: RestCollection<DomainAnswer>;
  readonly dnsResources: RestCollection<DnsResourceAnswer>;
  readonly dnsRecords: RestCollection<DnsRecordAnswer>;
  readonly fabrics: Fabrics;
  readonly subnets: RestCollection<SubnetAnswer>;
  readonly ipRanges: RestCollection<IpRangeAnswer>;
  readonly staticRoutes: RestCollection<StaticRouteAnswer>;
  readonly rackControllers: RestCollection<RackControllerAnswer>;
  readonly bootResources: RestCollection<BootResourceAnswer>;
  readonly tags: Tags;
  readonly settings: Settings;
  readonly machines: Machines;
  readonly log: Log;
  private readonly transport: Transport;
  private probed: Promise<VersionAnswer> | undefined;

  constructor(options: TransportOptions & { readonly log?: Log }) {
    const transport = new Transport(options);
    this.transport = transport;
    this.log = options.log ?? silentLog;
    this.pools = byId(transport, poolSchema, "resource pools", "resourcepools/", "resourcepool/");
    this.zones = new RestCollection(transport, {
      list: "zones/",
      one: (name) => `zones/${encodeURIComponent(name)}/`,
      keyOf: (zone: ZoneAnswer) => zone.name,
      schema: zoneSchema,
      plural: "zones",
    });
    this.spaces = byId(transport, spaceSchema, "spaces", "spaces/");
    this.domains = byId(transport, domainSchema, "DNS domains", "domains/");
    this.dnsResources = byId(transport, dnsResourceSchema, "DNS resources", "dnsresources/");
    this.dnsRecords = byId(transport, dnsRecordSchema, "DNS records", "dnsresourcerecords/");
    this.fabrics = new Fabrics(transport);
    this.subnets = byId(transport, subnetSchema, "subnets", "subnets/");
    this.ipRanges = byId(transport, ipRangeSchema, "IP ranges", "ipranges/");
    this.staticRoutes = byId(transport, staticRouteSchema, "static routes", "static-routes/");
    this.rackControllers = new RestCollection(transport, {
      list: "rackcontrollers/",
      one: (systemId) => `rackcontrollers/${systemId}/`,
      keyOf: (rack: RackControllerAnswer) => rack.system_id,
      schema: rackControllerSchema,
      plural: "rack controllers",
    });
    this.bootResources = byId(transport, bootResourceSchema, "images", "boot-resources/");
    this.tags = new Tags(transport);
    this.settings = new Settings(transport);
    this.machines = new Machines(transport);
  }

  /** The address of this MAAS. */
  get url(): string {
    return this.transport.url;
  }

  /**
   * Asks for the version, once. Every resource does so before its first call: it tells an unreachable MAAS and one that is too old
   * from everything else.
   *
   * @throws ApiError when unreachable, InputError when too old.
   */
  async ready(): Promise<VersionAnswer> {
    this.probed ??= this.probe();
    this.probed.catch(() => (this.probed = undefined));
    return this.probed;
  }

  /** The user whose API key is used (API: users, op=whoami); any key may ask. */
  async whoami(): Promise<UserAnswer> {
    return this.transport.json({ method: "GET", path: "users/", query: { op: "whoami" } }, userSchema);
  }

  /** Makes a domain the one that machines get by default. */
  async setDefaultDomain(id: number): Promise<void> {
    await this.transport.send({
      method: "POST",
      path: `domains/${id}/`,
      query: { op: "set_default" },
      repeatable: true,
    });
    this.domains.forget();
  }

  /** Makes the next reads reload everything. */
  forget(): void {
    const { pools, zones, spaces, domains, dnsResources, dnsRecords, fabrics, subnets, ipRanges, staticRoutes } = this;
    const site = [pools, zones, spaces, domains, dnsResources, dnsRecords, fabrics, subnets, ipRanges, staticRoutes];
    for (const cached of [...site, this.tags, this.settings, this.machines]) cached.forget();
  }

  /** Closes idle connections. */
  close(): void {
    this.transport.close();
  }

  private async probe(): Promise<VersionAnswer> {
    const answer = await readVersion(this.transport);
    const warning = judgeVersion(answer.version, this.url);
    if (warning !== undefined) this.log.warning(warning);
    return answer;
  }
}

function byId<Answer extends { readonly id: number }>(
  transport: Transport,
  schema: z.ZodType<Answer>,
  plural: string,
  list: string,
  one: string = list,
): RestCollection<Answer> {
  return new RestCollection<Answer>(transport, {
    list,
    one: (key) => `${one}${key}/`,
    keyOf: (answer) => String(answer.id),
    schema,
    plural,
  });
}
