import { Agent } from "node:https";
import axios, { type AxiosInstance } from "axios";
import { ApiError, messageOf } from "../dynamic/errors";
import type { KubernetesAccess } from "./kubeconfig-access";

/** An object as the API server answers it. */
export interface KubernetesObject {
  apiVersion?: string;
  kind?: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
}

/** Milliseconds until a call that nobody answers ends. */
const timeout = 15_000;

/** Reads a cluster, and tries writes without doing them. Nothing here changes anything. */
export class KubernetesClient {
  private readonly http: AxiosInstance;

  constructor(private readonly access: KubernetesAccess) {
    this.http = axios.create({
      baseURL: access.server,
      timeout,
      proxy: false,
      httpsAgent: new Agent({ ca: access.certificateAuthority, cert: access.clientCertificate, key: access.clientKey }),
      ...(access.token === undefined ? {} : { headers: { Authorization: `Bearer ${access.token}` } }),
      validateStatus: () => true,
    });
  }

  /** One object; undefined when it, or its kind, is not there. @throws ApiError */
  async find(path: string): Promise<KubernetesObject | undefined> {
    const { status, data } = await this.call("get", path);
    if (status === 404) return undefined;
    if (status === 200) return data as KubernetesObject;
    throw this.refused("get", path, status, data);
  }

  /** All objects of a collection; none when the kind is not there. @throws ApiError */
  async list(path: string): Promise<KubernetesObject[]> {
    const { status, data } = await this.call("get", path);
    if (status === 404) return [];
    if (status === 200) return (data as { items?: KubernetesObject[] }).items ?? [];
    throw this.refused("get", path, status, data);
  }

  /**
   * Has the API server judge a new object, admission webhooks and strict field validation included, without keeping it.
   *
   * @returns what it says against it; undefined when it takes the object
   * @throws ApiError when it says nothing about the object (no permission, webhook not in reach)
   */
  async dryRun(path: string, object: object): Promise<string | undefined> {
    const query = "dryRun=All&fieldValidation=Strict";
    const { status, data } = await this.call("post", `${path}?${query}`, object);
    if (status === 200 || status === 201 || status === 202) return undefined;
    if (status === 400 || status === 409 || status === 422) return messageIn(data);
    throw this.refused("post", path, status, data);
  }

  private async call(method: "get" | "post", url: string, body?: object): Promise<{ status: number; data: unknown }> {
    try {
      const { status, data } = await this.http.request<unknown>({ method, url, data: body });
      return { status, data };
    } catch (failure) {
      throw new ApiError({
        api: "Kubernetes",
        method: method.toUpperCase(),
        endpoint: `${this.access.server}${url}`,
        detail: messageOf(failure),
        advice: "Check that this machine reaches the cluster's API endpoint.",
      });
    }
  }

  private refused(method: string, path: string, status: number, data: unknown): ApiError {
    return new ApiError({
      api: "Kubernetes",
      method: method.toUpperCase(),
      endpoint: `${this.access.server}${path}`,
      status,
      detail: messageIn(data),
    });
  }
}

function messageIn(data: unknown): string {
  const message = typeof data === "object" && data !== null ? (data as { message?: unknown }).message : data;
  return typeof message === "string" ? message : "no reason given";
}
