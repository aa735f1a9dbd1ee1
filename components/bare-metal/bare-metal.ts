import * as pulumi from "@pulumi/pulumi";
import { withPreviousType } from "../component-aliases";
import { Host, type HostArgs } from "./host";
import { Site } from "./site";
import type { SiteArgs } from "./site-args";

/** The metal of one datacenter, as plain data. */
export interface BareMetalArgs {
  site: SiteArgs;
  hosts: HostArgs[];
}

/** MAAS configured for a datacenter: the site, and every host on it. */
export class BareMetal extends pulumi.ComponentResource {
  readonly site: Site;
  readonly hosts: ReadonlyMap<string, Host>;

  constructor(name: string, args: BareMetalArgs, options: pulumi.ComponentResourceOptions = {}) {
    super("vmo-metal:BareMetal", name, {}, withPreviousType(options, "vmo-metal:bare-metal:BareMetal"));
    this.site = new Site(`${name}-site`, args.site, { parent: this });
    this.hosts = new Map(args.hosts.map((host) => [host.name, new Host(host.name, host, this.site, { parent: this })]));
    this.registerOutputs();
  }
}
