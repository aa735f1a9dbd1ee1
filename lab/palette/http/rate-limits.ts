interface Bucket {
  tokens: number;
  filledAt: number;
}

const WIDE = { perSecond: 50, burst: 250 };
const NARROW = { perSecond: 10, burst: 50 };

/**
 * Rate limits of the API: a token bucket per source address and top resource. Clusters, cloud configs, cluster profiles
 * and component events have 50 requests a second (250 in a burst); all others, and a cluster's assets, 10 (50).
 */
export class RateLimits {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly now: () => number) {}

  /** Takes one request of the source's bucket; false when it is empty (429). */
  take(source: string, path: string): boolean {
    const { name, wide } = bucketOf(path);
    const limit = wide ? WIDE : NARROW;
    const key = `${source} ${name}`;
    const now = this.now();
    const bucket = this.buckets.get(key) ?? { tokens: limit.burst, filledAt: now };
    const tokens = Math.min(limit.burst, bucket.tokens + ((now - bucket.filledAt) / 1000) * limit.perSecond);
    this.buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, filledAt: now });
    return tokens >= 1;
  }
}

/** The bucket of a path, and whether it is one of the wide ones. */
export function bucketOf(path: string): { name: string; wide: boolean } {
  const [, , resource = "", second = "", third = ""] = path.split("/");
  if (resource === "spectroclusters" && (third === "assets" || third === "download"))
    return { name: "spectroclusters/assets", wide: false };
  if (resource === "events" && second === "components") return { name: "events/components", wide: true };
  return { name: resource, wide: ["spectroclusters", "cloudconfigs", "clusterprofiles"].includes(resource) };
}
