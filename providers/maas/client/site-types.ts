import { z } from "zod";

/**
 * Schemas of MAAS's answers about the site. They hold the members that are read here and nothing else; whatever else MAAS answers is ignored. A
 * member may be null or absent where the API documentation or a recorded answer shows it so.
 */

/** A list whose elements all have a key of their own: two of one key would hide one another. */
export function listOf<Element extends z.ZodType>(
  element: Element,
  what: string,
  keyOf: (answer: z.output<Element>) => string,
) {
  return z
    .array(element)
    .refine((answers) => new Set(answers.map(keyOf)).size === answers.length, { error: "two elements have one id" })
    .describe(`a list of ${what}`);
}

const address = z.union([z.ipv4(), z.ipv6()], { error: "expected an IP address" });

/** An object with id, name and description. */
const described = { id: z.int(), name: z.string(), description: z.string() };

/** A resource pool (GET /resourcepools/). */
export const poolSchema = z.object(described).describe("a resource pool");

/** A zone (GET /zones/). */
export const zoneSchema = z.object(described).describe("a zone");

/** A space (GET /spaces/). */
export const spaceSchema = z.object(described).describe("a space");

/** A DNS domain (GET /domains/). */
export const domainSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    authoritative: z.boolean(),
    ttl: z.int().nullable(),
    is_default: z.boolean(),
    resource_record_count: z.int(),
  })
  .describe("a DNS domain");

/** A name with its addresses (GET /dnsresources/). A name without addresses has null. */
export const dnsResourceSchema = z
  .object({
    id: z.int(),
    fqdn: z.string(),
    address_ttl: z.int().nullable(),
    ip_addresses: z
      .array(z.object({ ip: z.string().nullable() }))
      .nullable()
      .transform((addresses) => addresses ?? []),
  })
  .describe("a DNS resource");

/** A DNS record of another kind than addresses (GET /dnsresourcerecords/). */
export const dnsRecordSchema = z
  .object({ id: z.int(), fqdn: z.string(), rrtype: z.string(), rrdata: z.string(), ttl: z.int().nullable() })
  .describe("a DNS record");

const vlanMembers = {
  id: z.int(),
  vid: z.int().min(0).max(4094),
  name: z.string().nullable(),
  mtu: z.int(),
  dhcp_on: z.boolean(),
  /** Name of the fabric. */
  fabric: z.string(),
  fabric_id: z.int(),
  /** The space's name; the text `undefined` when it has none. */
  space: z.string(),
  /** A system id. */
  primary_rack: z.string().nullable(),
  secondary_rack: z.string().nullable(),
};

/** A VLAN (GET /fabrics/{id}/vlans/). The VLAN that it relays DHCP to is a whole object. */
export const vlanSchema = z.object({ ...vlanMembers, relay_vlan: z.object(vlanMembers).nullable() }).describe("a VLAN");

/** A fabric with its VLANs (GET /fabrics/). */
export const fabricSchema = z
  .object({ id: z.int(), name: z.string(), class_type: z.string().nullable(), vlans: z.array(vlanSchema) })
  .refine((fabric) => fabric.vlans.every((vlan) => vlan.fabric_id === fabric.id), {
    error: "holds a VLAN of another fabric",
    path: ["vlans"],
  })
  .describe("a fabric");

/** A subnet (GET /subnets/). */
export const subnetSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    description: z.string(),
    vlan: vlanSchema,
    cidr: z.string().min(1),
    rdns_mode: z.int(),
    /** `null`, or `""` in the answer of a write. */
    gateway_ip: z.union([address, z.literal("")], { error: "expected an IP address or nothing" }).nullable(),
    dns_servers: z.array(z.string()),
    allow_dns: z.boolean(),
    allow_proxy: z.boolean(),
    active_discovery: z.boolean(),
    managed: z.boolean(),
  })
  .describe("a subnet");

/** What is read of a subnet inside another object. */
const subnetReference = z.object({ id: z.int(), cidr: z.string().min(1) });

/** A reserved or dynamic range (GET /ipranges/). */
export const ipRangeSchema = z
  .object({
    id: z.int(),
    type: z.enum(["reserved", "dynamic"]),
    start_ip: address,
    end_ip: address,
    comment: z.string(),
    subnet: subnetReference,
  })
  .describe("an IP range");

/** A static route (GET /static-routes/). */
export const staticRouteSchema = z
  .object({
    id: z.int(),
    source: subnetReference,
    destination: subnetReference,
    gateway_ip: address,
    metric: z.int(),
  })
  .describe("a static route");

/** A tag (GET /tags/). */
export const tagSchema = z
  .object({ name: z.string().min(1), definition: z.string(), comment: z.string(), kernel_opts: z.string() })
  .describe("a tag");

/** A rack controller (GET /rackcontrollers/). */
export const rackControllerSchema = z
  .object({
    system_id: z.string().min(1),
    hostname: z.string(),
    fqdn: z.string(),
    version: z.exactOptional(z.string().nullable()),
    interface_set: z.array(z.object({ vlan: vlanSchema.nullable() })),
    service_set: z.exactOptional(z.array(z.object({ name: z.string(), status: z.string() }))),
  })
  .describe("a rack controller");

/** An image (GET /boot-resources/). */
export const bootResourceSchema = z
  .object({
    id: z.int(),
    /** `Synced`, `Uploaded`. */
    type: z.string(),
    /** `ubuntu/jammy`. */
    name: z.string(),
    /** `amd64/ga-22.04`. */
    architecture: z.string(),
    /** Versions by date; only in the answer about one image. */
    sets: z.exactOptional(z.record(z.string(), z.object({ complete: z.boolean() }))),
  })
  .describe("an image");

/** The user of an API key (GET /users/?op=whoami). */
export const userSchema = z
  .object({
    username: z.string(),
    /** Whether it may change MAAS; a key of another user reads everything and fails at the first write. */
    is_superuser: z.exactOptional(z.boolean()),
  })
  .describe("a user");

/** The value of a setting, as `get_config` answers it. */
export const settingValueSchema = z
  .union([z.boolean(), z.number(), z.string(), z.null()])
  .describe("the value of a setting");

/** See {@link poolSchema}. */
export type PoolAnswer = z.infer<typeof poolSchema>;
/** See {@link zoneSchema}. */
export type ZoneAnswer = z.infer<typeof zoneSchema>;
/** See {@link spaceSchema}. */
export type SpaceAnswer = z.infer<typeof spaceSchema>;
/** See {@link domainSchema}. */
export type DomainAnswer = z.infer<typeof domainSchema>;
/** See {@link dnsResourceSchema}. */
export type DnsResourceAnswer = z.infer<typeof dnsResourceSchema>;
/** See {@link dnsRecordSchema}. */
export type DnsRecordAnswer = z.infer<typeof dnsRecordSchema>;
/** See {@link vlanSchema}. */
export type VlanAnswer = z.infer<typeof vlanSchema>;
/** See {@link fabricSchema}. */
export type FabricAnswer = z.infer<typeof fabricSchema>;
/** See {@link subnetSchema}. */
export type SubnetAnswer = z.infer<typeof subnetSchema>;
/** See {@link ipRangeSchema}. */
export type IpRangeAnswer = z.infer<typeof ipRangeSchema>;
/** See {@link staticRouteSchema}. */
export type StaticRouteAnswer = z.infer<typeof staticRouteSchema>;
/** See {@link tagSchema}. */
export type TagAnswer = z.infer<typeof tagSchema>;
/** See {@link rackControllerSchema}. */
export type RackControllerAnswer = z.infer<typeof rackControllerSchema>;
/** See {@link bootResourceSchema}. */
export type BootResourceAnswer = z.infer<typeof bootResourceSchema>;
/** See {@link userSchema}. */
export type UserAnswer = z.infer<typeof userSchema>;
/** See {@link settingValueSchema}. */
export type SettingValue = z.infer<typeof settingValueSchema>;
