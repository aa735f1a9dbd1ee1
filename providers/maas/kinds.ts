import type * as pulumi from "@pulumi/pulumi";
import type { PlainObject } from "../dynamic/plain";
import { serve } from "../dynamic/serve";
import { resourcePoolKind } from "./resource-pool";
import { spaceKind } from "./space";
import { zoneKind } from "./zone";

/** The providers of all MAAS kinds, by the kind's name. */
export const maasProviders: Readonly<Record<string, pulumi.dynamic.ResourceProvider<PlainObject, PlainObject>>> = {
  [resourcePoolKind.kind]: serve(resourcePoolKind),
  [spaceKind.kind]: serve(spaceKind),
  [zoneKind.kind]: serve(zoneKind),
};
