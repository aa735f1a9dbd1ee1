import { isKubernetesObject, listOf, mapOf, textOf, type KubernetesObject } from "../objects";
import type { ApiClient } from "./api-client";
import { isApiStatus } from "./api-error";
import { collectionPath, objectPath, ResourceKinds } from "./resource-kinds";

/** Which object. */
export interface ObjectReference {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; uid?: string };
}

/** Reads and writes objects of any kind that the API server serves. Errors as `ApiClient.call`. */
export class ObjectsApi {
  private readonly kinds: ResourceKinds;

  constructor(private readonly api: ApiClient) {
    this.kinds = new ResourceKinds(api);
  }

  /** Whether the server serves a kind. */
  async serves(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.kinds.findIfServed(apiVersion, kind)) !== undefined;
  }

  /** The object, or undefined when it does not exist. */
  async get(reference: ObjectReference): Promise<KubernetesObject | undefined> {
    const kind = await this.kinds.find(reference.apiVersion, reference.kind);
    try {
      return asObject(await this.api.call({ method: "GET", path: objectPath(kind, reference.metadata) }));
    } catch (error) {
      if (isApiStatus(error, 404)) return undefined;
      throw error;
    }
  }

  /** All objects of a kind in all namespaces, and the version of the list, from which a watch goes on. */
  async list(apiVersion: string, kind: string): Promise<{ items: KubernetesObject[]; resourceVersion: string }> {
    const answer = await this.api.call({
      method: "GET",
      path: collectionPath(await this.kinds.find(apiVersion, kind)),
    });
    // Items of a list do not say what they are.
    const items = listOf(answer, "items").map((item) => asObject({ ...(item as object), apiVersion, kind }));
    return { items, resourceVersion: textOf(answer, "metadata", "resourceVersion") ?? "" };
  }

  /** Creates an object; fields that its schema does not know are refused. */
  async create(object: KubernetesObject, manager: string): Promise<KubernetesObject> {
    const kind = await this.kinds.find(object.apiVersion, object.kind);
    const query = `fieldManager=${encodeURIComponent(manager)}&fieldValidation=Strict`;
    const namespace = object.metadata.namespace ?? "default";
    const path = `${collectionPath(kind, namespace)}?${query}`;
    return asObject(await this.api.call({ method: "POST", path, body: object }));
  }

  /** Server-side apply: creates the object or takes over the given fields; unknown fields are refused. */
  async apply(object: KubernetesObject, manager: string): Promise<KubernetesObject> {
    const kind = await this.kinds.find(object.apiVersion, object.kind);
    const query = `fieldManager=${encodeURIComponent(manager)}&force=true&fieldValidation=Strict`;
    const path = `${objectPath(kind, object.metadata)}?${query}`;
    const contentType = "application/apply-patch+yaml";
    return asObject(await this.api.call({ method: "PATCH", path, body: object, contentType }));
  }

  /** Server-side apply of one object given as YAML text, for texts that are too large to parse here. */
  async applyText(apiVersion: string, kindName: string, name: string, yaml: string, manager: string): Promise<unknown> {
    const kind = await this.kinds.find(apiVersion, kindName);
    const path = `${objectPath(kind, { name })}?fieldManager=${encodeURIComponent(manager)}&force=true`;
    return this.api.call({ method: "PATCH", path, text: yaml, contentType: "application/apply-patch+yaml" });
  }

  /** Merge patch of some fields, as a controller writes them. */
  async merge(reference: ObjectReference, patch: object, manager: string): Promise<void> {
    const kind = await this.kinds.find(reference.apiVersion, reference.kind);
    await this.patch(objectPath(kind, reference.metadata), patch, reference, manager);
  }

  /** Merge patch of the status, whether or not the kind has it as a resource of its own. */
  async mergeStatus(reference: ObjectReference, status: object, manager: string): Promise<void> {
    const kind = await this.kinds.find(reference.apiVersion, reference.kind);
    const path = objectPath(kind, reference.metadata);
    await this.patch(kind.hasStatus ? `${path}/status` : path, { status }, reference, manager);
  }

  /** Deletes an object; one that is gone already is fine. With `uid` only that very object. */
  async delete(reference: ObjectReference): Promise<void> {
    const kind = await this.kinds.find(reference.apiVersion, reference.kind);
    const { uid } = reference.metadata;
    const body = { propagationPolicy: "Background", ...(uid === undefined ? {} : { preconditions: { uid } }) };
    try {
      await this.api.call({ method: "DELETE", path: objectPath(kind, reference.metadata), body });
    } catch (error) {
      if (!isApiStatus(error, 404)) throw error;
    }
  }

  /** The watch path of a kind in all namespaces. */
  async watchPath(apiVersion: string, kind: string, resourceVersion: string): Promise<string> {
    const path = collectionPath(await this.kinds.find(apiVersion, kind));
    return `${path}?watch=true&allowWatchBookmarks=true&resourceVersion=${encodeURIComponent(resourceVersion)}`;
  }

  /** With a uid in the reference, an object of the same name that came since is refused with 409. */
  private async patch(path: string, patch: object, reference: ObjectReference, manager: string): Promise<void> {
    const { uid } = reference.metadata;
    const metadata = { ...mapOf(patch, "metadata"), ...(uid === undefined ? {} : { uid }) };
    await this.api.call({
      method: "PATCH",
      path: `${path}?fieldManager=${encodeURIComponent(manager)}`,
      body: { ...patch, ...(Object.keys(metadata).length === 0 ? {} : { metadata }) },
      contentType: "application/merge-patch+json",
    });
  }
}

function asObject(value: unknown): KubernetesObject {
  if (!isKubernetesObject(value)) throw new Error("the API server's answer is not a Kubernetes object");
  return value;
}
