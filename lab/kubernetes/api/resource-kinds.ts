import { fieldOf, listOf, textOf } from "../objects";
import type { ApiClient } from "./api-client";

/** How one kind is reached. */
export interface ResourceKind {
  apiVersion: string;
  kind: string;
  /** Path segment, e.g. `datavolumes`. */
  plural: string;
  namespaced: boolean;
  /** Whether status is a resource of its own, so that writes to the object leave it alone. */
  hasStatus: boolean;
}

/** The kinds that an API server serves, as it says itself. */
export class ResourceKinds {
  private known = new Map<string, ResourceKind>();
  private present: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  constructor(private readonly api: ApiClient) {}

  /**
   * The kind, asking the server again when it is not known yet (a CRD may have come since).
   * @throws Error naming the kind when the server does not serve it.
   */
  async find(apiVersion: string, kind: string): Promise<ResourceKind> {
    const found = await this.findIfServed(apiVersion, kind);
    if (found === undefined) {
      throw new Error(
        `no matches for kind "${kind}" in version "${apiVersion}": the pack that brings its CRD has to be installed before`,
      );
    }
    return found;
  }

  /** As `find`, undefined for a kind that the server does not serve. */
  async findIfServed(apiVersion: string, kind: string): Promise<ResourceKind | undefined> {
    const key = `${apiVersion}/${kind}`;
    if (!this.known.has(key)) await this.refresh();
    return this.known.get(key);
  }

  /** Asks the server; calls that come while it is asked share the next question, which sees all that was there when they came. */
  private refresh(): Promise<void> {
    this.next ??= this.present
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        this.present = this.load();
        return this.present;
      });
    return this.next;
  }

  private async load(): Promise<void> {
    const accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    const answers = await Promise.all(["/api", "/apis"].map((path) => this.api.call({ method: "GET", path, accept })));
    this.known = new Map(answers.flatMap(readDiscovery).map((found) => [`${found.apiVersion}/${found.kind}`, found]));
  }
}

/** The kinds in an aggregated discovery answer (`APIGroupDiscoveryList` v2). */
export function readDiscovery(answer: unknown): ResourceKind[] {
  return listOf(answer, "items").flatMap((group) =>
    listOf(group, "versions").flatMap((version) => {
      const name = textOf(group, "metadata", "name") ?? "";
      const apiVersion = [name, textOf(version, "version")].filter((part) => part !== "").join("/");
      return listOf(version, "resources").map((resource) => ({
        apiVersion,
        kind: textOf(resource, "responseKind", "kind") ?? "",
        plural: textOf(resource, "resource") ?? "",
        namespaced: textOf(resource, "scope") === "Namespaced",
        hasStatus: listOf(resource, "subresources").some((part) => fieldOf(part, "subresource") === "status"),
      }));
    }),
  );
}

/** The path of a collection; without namespace over all namespaces. */
export function collectionPath(kind: ResourceKind, namespace?: string): string {
  const root = kind.apiVersion.includes("/") ? "/apis" : "/api";
  const scope = kind.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${root}/${kind.apiVersion}${scope}/${kind.plural}`;
}

/** The path of one object; a namespaced one without namespace lies in `default`. */
export function objectPath(kind: ResourceKind, metadata: { name: string; namespace?: string }): string {
  return `${collectionPath(kind, metadata.namespace ?? "default")}/${encodeURIComponent(metadata.name)}`;
}
