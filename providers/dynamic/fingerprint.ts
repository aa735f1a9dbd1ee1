import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * A salted fingerprint of a secret, `salt$hash` in hex: stands in state beside the secret so that a diff can say *that* it changed
 * without showing it.
 */
export function fingerprint(secret: string, salt: string = randomBytes(8).toString("hex")): string {
  return `${salt}$${createHash("sha256").update(salt).update("\0").update(secret).digest("hex").slice(0, 32)}`;
}

/** Whether `secret` is the one that `print` was made of. */
export function matchesFingerprint(secret: string, print: string): boolean {
  const [salt, hash] = print.split("$");
  if (salt === undefined || hash === undefined) return false;
  const expected = Buffer.from(fingerprint(secret, salt));
  const given = Buffer.from(print);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
