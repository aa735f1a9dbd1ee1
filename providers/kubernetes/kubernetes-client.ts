import { Agent } from "node:https";
import { setTimeout as delay } from "node:timers/promises";
import axios, { type AxiosInstance, isCancel } from "axios";
import { ApiError, messageOf } from "../dynamic/errors";
import { defaultMaxBytes } from "../http/limits";
import { type RetryLimits, defaultRetryLimits, pauseBeforeRetry } from "../http/retry";
import type { KubernetesAccess } from "./kubeconfig-access";

/** An object as the API server answers it. */
export interface KubernetesObject {
  apiVersion?: string;
  kind?: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { kind?: string; controller?: boolean }[];
  };
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
}

/** Milliseconds until a call ends whose answer is not complete, however steadily it arrives. */
const defaultDeadline = 15_000;

/** An API server answers 429 for some seconds while it sets up the storage of a CRD that has just come or changed. */
const busyTries = 8;

/** Objects in one page: a cluster may hold thousands of virtual machines. */
const pageSize = 500;

/** Answers without `spec`, `data` and `status`. */
const metadataOnly = { Accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1" };

/** What a request carries besides its address. */
interface Sent {
  headers?: Record<string, string>;
  data?: object;
}

type Method = "get" | "post" | "patch";

/** An action on objects of a kind, as the API server's authorizers know it. */
export interface ReviewedAction {
  verb: string;
  group: string;
  resource: string;
  subresource: string;
  namespace: string;
}

interface Answer {
  status: number;
  data: unknown;
}

/**
 * Reads a cluster, tries writes without doing them, and sets fields. All of that may be sent twice, so a server that is busy is asked again; one
 * that gives no answer is not, because the caller knows how long to wait for it.
 */
export class KubernetesClient {
  private readonly http: AxiosInstance;
  private readonly limits: RetryLimits;

  /**
   * @param retry limits other than the defaults, eight tries
   * @param deadline of one request in milliseconds
   */
  constructor(
    private readonly access: KubernetesAccess,
    retry: Partial<RetryLimits> = {},
    private readonly deadline: number = defaultDeadline,
  ) {
    this.limits = { ...defaultRetryLimits, tries: busyTries, ...retry };
    this.http = axios.create({
      baseURL: access.server,
      maxContentLength: defaultMaxBytes,
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

  /** All objects of a large collection, page by page; none when the kind is not there. @throws ApiError */
  listAll(path: string): Promise<KubernetesObject[]> {
    return this.pages(path);
  }

  /** Like {@link listAll}, but with `metadata` only: what Secrets hold is not sent. @throws ApiError */
  listNames(path: string): Promise<Pick<KubernetesObject, "metadata">[]> {
    return this.pages(path, metadataOnly);
  }

  private async pages(path: string, headers: Record<string, string> = {}): Promise<KubernetesObject[]> {
    const found: KubernetesObject[] = [];
    for (let token = ""; ;) {
      const query = `limit=${pageSize}${token === "" ? "" : `&continue=${encodeURIComponent(token)}`}`;
      const { status, data } = await this.call("get", `${path}${path.includes("?") ? "&" : "?"}${query}`, { headers });
      if (status === 404) return [];
      if (status !== 200) throw this.refused("get", path, status, data);
      const page = data as { items?: KubernetesObject[]; metadata?: { continue?: string } };
      found.push(...(page.items ?? []));
      token = page.metadata?.continue ?? "";
      if (token === "") return found;
    }
  }

  /**
   * Has the API server judge a new object, admission webhooks and strict field validation included, without keeping it.
   *
   * @returns what it says against it; undefined when it takes the object
   * @throws ApiError when it says nothing about the object (no permission, webhook not in reach)
   */
  async dryRun(path: string, object: object): Promise<string | undefined> {
    const query = "dryRun=All&fieldValidation=Strict";
    const { status, data } = await this.call("post", `${path}?${query}`, { data: object });
    if (status === 200 || status === 201 || status === 202) return undefined;
    if (status === 400 || status === 409 || status === 422) return messageIn(data);
    throw this.refused("post", path, status, data);
  }

  /**
   * Asks the API server whether a user may do something (API: SubjectAccessReview, which is answered and not kept).
   *
   * @throws ApiError when it does not answer that, such as for lack of permission to ask
   */
  async allows(user: string, action: ReviewedAction): Promise<boolean> {
    const path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
    const review = {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SubjectAccessReview",
      spec: { user, resourceAttributes: action },
    };
    const { status, data } = await this.call("post", path, { data: review });
    const { allowed } = (data as { status?: { allowed?: unknown } } | null)?.status ?? {};
    if ((status === 200 || status === 201) && typeof allowed === "boolean") return allowed;
    throw this.refused("post", path, status, data);
  }

  /**
   * Sets the given fields of an object that exists, lists as a whole (JSON merge patch, RFC 7386). The same twice is the same.
   *
   * @param manager the field manager that the API server names for them
   * @throws ApiError
   */
  async mergePatch(path: string, patch: object, manager: string): Promise<void> {
    const url = `${path}?fieldManager=${encodeURIComponent(manager)}`;
    const headers = { "Content-Type": "application/merge-patch+json" };
    const { status, data } = await this.call("patch", url, { data: patch, headers });
    if (status !== 200) throw this.refused("patch", path, status, data);
  }

  private async call(method: Method, url: string, more: Sent = {}): Promise<Answer> {
    for (let number = 1; ; number += 1) {
      const { status, data, retryAfterSeconds } = await this.try(method, url, more);
      const outcome = retryAfterSeconds === undefined ? { status } : { status, retryAfterSeconds };
      const pause = pauseBeforeRetry({ number, repeatable: true, outcome }, this.limits, Math.random());
      if (pause === undefined) return { status, data };
      await delay(pause);
    }
  }

  private async try(method: Method, url: string, more: Sent): Promise<Answer & { retryAfterSeconds?: number }> {
    try {
      const { status, data, headers } = await this.http.request<unknown>({
        method,
        url,
        ...more,
        signal: AbortSignal.timeout(this.deadline),
      });
      const asked = Number(headers["retry-after"] ?? Number.NaN);
      return { status, data, ...(Number.isFinite(asked) ? { retryAfterSeconds: asked } : {}) };
    } catch (failure) {
      throw new ApiError({
        api: "Kubernetes",
        method: method.toUpperCase(),
        endpoint: `${this.access.server}${url}`,
        detail: isCancel(failure)
          ? `the answer was not complete within the limit of ${this.deadline / 1000} s.`
          : messageOf(failure),
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
      ...adviceFor(status),
    });
  }
}

function messageIn(data: unknown): string {
  const message = typeof data === "object" && data !== null ? (data as { message?: unknown }).message : data;
  return typeof message === "string" ? message : "no reason given";
}

/** What to do about a refusal. */
function adviceFor(status: number): { advice?: string } {
  if (status === 401)
    return {
      advice: "The kubeconfig's token or certificate has expired, or is of another cluster: get a new kubeconfig.",
    };
  if (status === 403) return { advice: "The user of the kubeconfig lacks this permission: grant it, or use another." };
  return {};
}
