import { z } from "zod";
import type { MaasClient } from "./client";

const subnetSchema = z.object({
  id: z.number(),
  name: z.string(),
  cidr: z.string(),
  space: z.string().nullish(),
  vlan: z.object({ id: z.number(), name: z.string().nullish(), fabric: z.string().nullish() }),
});
const tagSchema = z.object({
  name: z.string(),
  comment: z.string().nullish(),
  definition: z.string().nullish(),
  kernel_opts: z.string().nullish(),
  resource_uri: z.string().nullish(),
});
const describedSchema = z.object({ name: z.string(), description: z.string().nullish() });

/** A subnet of MAAS. */
export type MaasSubnet = z.output<typeof subnetSchema>;

/** What a MAAS region has, read live. Every call throws `MaasError` when MAAS refuses or cannot be reached. */
export const maasSite = {
  /** Availability zones. */
  async zones(maas: MaasClient) {
    return z.array(describedSchema).parse(await maas.get("/zones/"));
  },
  /** Resource pools. */
  async pools(maas: MaasClient) {
    return z.array(describedSchema).parse(await maas.get("/resourcepools/"));
  },
  /** DNS domains. */
  async domains(maas: MaasClient) {
    return z.array(z.object({ name: z.string() })).parse(await maas.get("/domains/"));
  },
  /** Subnets with their VLAN. */
  async subnets(maas: MaasClient): Promise<MaasSubnet[]> {
    return z.array(subnetSchema).parse(await maas.get("/subnets/"));
  },
  /** Machine tags. */
  async tags(maas: MaasClient) {
    return z.array(tagSchema).parse(await maas.get("/tags/"));
  },
};
