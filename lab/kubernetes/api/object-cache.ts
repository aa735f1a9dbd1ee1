import { isKubernetesObject, textOf, type KubernetesObject } from "../objects";
import type { ApiClient } from "./api-client";
import type { ObjectsApi } from "./objects-api";

/** What a cache tells its owner. */
export interface CacheEvents {
  /** The content changed. */
  changed(): void;
}

/** All objects of one kind, kept equal to the server's by list and watch. */
export class ObjectCache {
  private objects = new Map<string, KubernetesObject>();
  private version = "";
  private loaded = false;

  constructor(
    private readonly api: ApiClient,
    private readonly objectsApi: ObjectsApi,
    readonly apiVersion: string,
    readonly kind: string,
    private readonly events: CacheEvents,
  ) {}

  /** Whether the first list has come. */
  isLoaded(): boolean {
    return this.loaded;
  }

  /** The objects as last seen. */
  all(): KubernetesObject[] {
    return [...this.objects.values()];
  }

  /**
   * Follows the kind until `signal`; resolves then. Ends with the error when the server cannot be reached or refuses;
   * called again it goes on from a fresh list.
   */
  async follow(signal: AbortSignal): Promise<void> {
    this.version = "";
    while (!signal.aborted) {
      if (this.version === "") await this.relist();
      await this.watch(signal);
    }
  }

  private async relist(): Promise<void> {
    const { items, resourceVersion } = await this.objectsApi.list(this.apiVersion, this.kind);
    this.objects = new Map(items.map((item) => [cacheKey(item), item]));
    this.version = resourceVersion;
    this.loaded = true;
    this.events.changed();
  }

  /** One watch request; the server ends it after some minutes, and the next goes on from the last version. */
  private async watch(signal: AbortSignal): Promise<void> {
    const path = await this.objectsApi.watchPath(this.apiVersion, this.kind, this.version);
    try {
      const stream = await this.api.open(path, signal);
      stream.setEncoding("utf8");
      let rest = "";
      for await (const chunk of stream) {
        const lines = (rest + String(chunk)).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) this.take(JSON.parse(line));
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  private take(event: unknown): void {
    const type = textOf(event, "type");
    const object = (event as { object?: unknown }).object;
    if (type === "ERROR" || !isVersioned(object)) {
      this.version = "";
      return;
    }
    this.version = textOf(object, "metadata", "resourceVersion") ?? "";
    if (type === "BOOKMARK" || !isKubernetesObject(object)) return;
    if (type === "DELETED") this.objects.delete(cacheKey(object));
    else this.objects.set(cacheKey(object), object);
    this.events.changed();
  }
}

function isVersioned(value: unknown): boolean {
  return textOf(value, "metadata", "resourceVersion") !== undefined;
}

function cacheKey(object: KubernetesObject): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}
