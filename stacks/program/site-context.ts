import type { SiteObject } from "../../components/bare-metal/site-args";
import { approvedFields } from "../../providers/maas/ownership/dangers";
import type { SiteKnowledge } from "../derived/site-knowledge";
import type { Datacenter } from "../description/datacenter";

/** Inputs about the ownership of an object, the same for every kind. */
export interface OwnershipArgs {
  adopt: boolean;
  approve: string[];
  reference: boolean;
}

/** Whether an object may be changed, and whether it is managed at all; null = as the whole of MAAS. */
export interface Treatment {
  readonly adopt: boolean | null;
  readonly managed: boolean;
}

/** What the objects of a site are derived from. */
export interface SiteContext {
  readonly datacenter: Datacenter;
  readonly known: SiteKnowledge;
  /** Name of the fabric in MAAS. */
  readonly fabric: string;
}

/** Returns the inputs about the ownership of an object that messages name so. */
export function ownershipArgs({ datacenter }: SiteContext, object: string, treatment?: Treatment): OwnershipArgs {
  const maas = datacenter.maas ?? { adopt: false, approve: [] };
  return {
    adopt: treatment?.adopt ?? maas.adopt,
    approve: approvedFields(maas.approve, object),
    reference: treatment?.managed === false,
  };
}

/** The name that a resource had in stacks of earlier versions, where that differs. */
export function aliasOf(name: string, former: string): Pick<SiteObject<unknown>, "alias"> {
  return name === former ? {} : { alias: former };
}
