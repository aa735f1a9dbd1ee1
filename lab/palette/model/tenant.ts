/** The customer's account: everything belongs to one. */
export interface Tenant {
  uid: string;
  /** Organisation name. */
  name: string;
  /** The user that the API key belongs to. */
  user: { uid: string; firstName: string; lastName: string; emailId: string };
}

/** A project: the scope of clusters, and of accounts and profiles made in it. */
export interface Project {
  uid: string;
  name: string;
  description: string;
  createdAt: number;
}

/** A private cloud gateway ("overlord"): the way from Palette into a datacenter. */
export interface Gateway {
  uid: string;
  name: string;
  /** `Running` serves; anything else refuses what goes through it. */
  state: string;
  createdAt: number;
}

/** Where an object lives: the whole tenant, or one project. */
export interface Ownership {
  scope: "tenant" | "project";
  /** Empty in tenant scope. */
  projectUid: string;
}

/** A MAAS cloud account: address and key of one MAAS, reached through a gateway. */
export interface CloudAccount extends Ownership {
  uid: string;
  name: string;
  annotations: Record<string, string>;
  labels: Record<string, string>;
  /** MAAS URL, e.g. `http://maas:5240/MAAS`. */
  apiEndpoint: string;
  /** consumer:token:secret. */
  apiKey: string;
  /** Subnet names in order of preference for the API server's addresses. */
  preferredSubnets: string[];
  createdAt: number;
  modifiedAt: number;
}

/** A pack registry. */
export interface Registry {
  uid: string;
  name: string;
  kind: "pack" | "helm" | "oci";
  scope: "system" | "tenant";
  isDefault: boolean;
  isPrivate: boolean;
}
