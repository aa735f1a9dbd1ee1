/** Requests per second that Palette serves to one address, and how many at once (Palette API introduction, "Rate limits"). */
export interface Rate {
  perSecond: number;
  burst: number;
}

const generous: Rate = { perSecond: 50, burst: 250 };
const tight: Rate = { perSecond: 10, burst: 50 };

/** Prefixes with a bucket of their own; the first that fits counts. All others have one bucket per top resource. */
const buckets: readonly [prefix: RegExp, rate: Rate][] = [
  [/^\/v1\/spectroclusters\/[^/]+\/(assets|download)/, tight],
  [/^\/v1\/spectroclusters/, generous],
  [/^\/v1\/cloudconfigs/, generous],
  [/^\/v1\/clusterprofiles/, generous],
  [/^\/v1\/events\/components/, generous],
];

/** The bucket that a path counts in, and its rate. */
export function bucketOf(path: string): { name: string; rate: Rate } {
  const special = buckets.find(([prefix]) => prefix.test(path));
  if (special !== undefined) return { name: special[0].source, rate: special[1] };
  return { name: /^\/v1\/[^/?]+/.exec(path)?.[0] ?? path, rate: tight };
}

/** State of one bucket: how many requests may be sent at the time `at`. */
export interface Bucket {
  tokens: number;
  /** Milliseconds. */
  at: number;
}

/** Takes one request out of a bucket: the bucket afterwards, and how long the request has to wait, in milliseconds. */
export function take(bucket: Bucket | undefined, rate: Rate, now: number): { bucket: Bucket; wait: number } {
  const former = bucket ?? { tokens: rate.burst, at: now };
  const refilled = Math.min(rate.burst, former.tokens + ((now - former.at) / 1000) * rate.perSecond);
  const tokens = refilled - 1;
  return { bucket: { tokens, at: now }, wait: tokens >= 0 ? 0 : (-tokens / rate.perSecond) * 1000 };
}

/** Keeps the requests of one process within Palette's limits, so that 429 is the exception. */
export class RateLimiter {
  private readonly state = new Map<string, Bucket>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Resolves when a request of this path may be sent. */
  async admit(path: string): Promise<void> {
    const { name, rate } = bucketOf(path);
    const { bucket, wait } = take(this.state.get(name), rate, this.now());
    this.state.set(name, bucket);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
