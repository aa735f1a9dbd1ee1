import { X509Certificate } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { z } from "zod";
import { InputError } from "../dynamic/errors";
import { text } from "../dynamic/fields";
import { isObject } from "../dynamic/plain";
import type { ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import type { PaletteClient } from "./client/client";
import { isGone } from "../http/lost-answer";
import { readCluster } from "./client/clusters";
import { connect, type PaletteConnection } from "./connection";

/** Inputs of a {@link Kubeconfig}. */
export interface KubeconfigArgs {
  /** Uid of the cluster (`cluster.id`). */
  cluster: pulumi.Input<string>;
  /** `admin`: full rights, by certificate or token. `user`: through the identity provider. Default: `admin`. */
  flavour?: pulumi.Input<"admin" | "user">;
  /** How many days before its certificate ends a kubeconfig is fetched anew. Default: 30. */
  renewBeforeDays?: pulumi.Input<number>;
}

interface KubeconfigInputs {
  cluster: string;
  flavour: "admin" | "user";
  renewBeforeDays: number;
}

interface KubeconfigOutputs {
  kubeconfig: string;
  expires: string | null;
}

/** The kind behind {@link Kubeconfig}. */
export const kubeconfigKind: ResourceKind<KubeconfigInputs, KubeconfigOutputs, PaletteConnection> = {
  kind: "palette:Kubeconfig",
  schema: {
    cluster: text("the uid of a cluster"),
    flavour: z.enum(["admin", "user"]).default("admin"),
    renewBeforeDays: z.number().min(0).default(30),
  },
  outputs: ["kubeconfig", "expires"],
  secretOutputs: ["kubeconfig"],
  replaceOn: ["cluster", "flavour"],
  connect,
  mustUpdate: (olds, news) => isDue(olds["expires"], news.renewBeforeDays, Date.now()),

  async create(link, inputs) {
    return { id: `${inputs.cluster}/${inputs.flavour}`, outputs: await fetchKubeconfig(link.client, inputs) };
  },

  async read(link, id, state) {
    const [cluster = "", flavour] = id.split("/");
    const inputs: KubeconfigInputs = {
      cluster,
      flavour: flavour === "user" ? "user" : "admin",
      renewBeforeDays: state.renewBeforeDays ?? 30,
    };
    if ((await readCluster(link.client, cluster)) === undefined) return undefined;
    const { kubeconfig, expires } = state;
    if (kubeconfig !== undefined && !isDue(expires, 0, Date.now()))
      return { id, inputs, outputs: { kubeconfig, expires: expires ?? null } };
    return { id, inputs, outputs: await fetchKubeconfig(link.client, inputs) };
  },

  async update(link, _id, _olds, news) {
    return { outputs: await fetchKubeconfig(link.client, news) };
  },

  async delete() {
    // A kubeconfig is a copy; there is nothing to take away from Palette.
  },
};

/** Whether a kubeconfig is to be fetched anew: its certificate ends within so many days. One without an end never is. */
export function isDue(expires: unknown, renewBeforeDays: number, now: number): boolean {
  return typeof expires === "string" && Date.parse(expires) - renewBeforeDays * 86_400_000 <= now;
}

/** The end of the client certificate in a kubeconfig; null when it has none (a token, an identity provider). */
export function certificateEnd(kubeconfig: string): string | null {
  const data: unknown = parse(kubeconfig);
  const users = isObject(data) && Array.isArray(data["users"]) ? (data["users"] as unknown[]) : [];
  const [first] = users;
  const user = isObject(first) ? first["user"] : undefined;
  const certificate = isObject(user) ? user["client-certificate-data"] : undefined;
  if (typeof certificate !== "string") return null;
  return new Date(new X509Certificate(Buffer.from(certificate, "base64")).validTo).toISOString();
}

/** The YAML of a kubeconfig; Palette sometimes answers it in base64. */
export function decodeKubeconfig(answer: string): string {
  const compact = answer.replaceAll(/\s/g, "");
  return /^[A-Za-z0-9+/]+={0,2}$/.test(compact) ? Buffer.from(compact, "base64").toString("utf8") : answer;
}

/** What is no kubeconfig never takes the place of one. */
function refuseOther(text: string, asset: string): void {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    value = undefined;
  }
  if (isObject(value) && (value["kind"] === "Config" || Array.isArray(value["clusters"]))) return;
  throw new InputError(
    `Palette answered the download of ${asset} with something that is no kubeconfig: expected YAML of kind Config. ` +
      "Check palette.url in vmo-metal:datacenter, and any proxy before Palette.",
  );
}

async function fetchKubeconfig(client: PaletteClient, inputs: KubeconfigInputs): Promise<KubeconfigOutputs> {
  const assets = inputs.flavour === "admin" ? ["adminKubeconfig", "kubeconfig"] : ["kubeconfigclient"];
  for (const asset of assets) {
    try {
      const kubeconfig = decodeKubeconfig(
        await client.download(`/v1/spectroclusters/${inputs.cluster}/assets/${asset}`),
      );
      // Empty is no data, and not the absence that lets another one take its place.
      if (kubeconfig.trim() === "") break;
      refuseOther(kubeconfig, asset);
      return { kubeconfig, expires: certificateEnd(kubeconfig) };
    } catch (failure) {
      if (!isGone(failure)) throw failure;
    }
  }
  throw new InputError(
    `Palette has no kubeconfig for cluster ${inputs.cluster} yet: its control plane is not up. Run the command again when the cluster is healthy.`,
  );
}

/** Access to a cluster's Kubernetes API. A resource of its own, so that a change of the cluster leaves it, and all that depends on it, as it is. */
export class Kubeconfig extends ServedResource<KubeconfigInputs, KubeconfigOutputs, PaletteConnection> {
  declare public readonly cluster: pulumi.Output<string>;
  /** The kubeconfig's YAML; a secret. */
  declare public readonly kubeconfig: pulumi.Output<string>;
  /** When its certificate ends, RFC 3339; null for none. */
  declare public readonly expires: pulumi.Output<string | null>;

  constructor(name: string, args: KubeconfigArgs, options?: pulumi.CustomResourceOptions) {
    super(kubeconfigKind, name, args, options);
  }
}
