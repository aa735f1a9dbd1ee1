import type { RegionState } from "./region-store";
import type { TokenRecord } from "./site/model";

/** The three parts of an API key. */
type Key = Pick<TokenRecord, "consumerKey" | "tokenKey" | "tokenSecret">;

/** What stands in a state file for the key that the simulator is started with: that key is in no file of its. */
const left: Key = { consumerKey: "", tokenKey: "", tokenSecret: "" };

/** A region as it is kept on disk: without the key that every start is given anew. */
export function withoutOwnToken(region: RegionState, key: Key): RegionState {
  return withTokens(region, (token) => (token.tokenKey === key.tokenKey ? { ...token, ...left } : token));
}

/** A region read from disk, with that key in its place. */
export function withOwnToken(region: RegionState, key: Key): RegionState {
  return withTokens(region, (token) => (token.tokenKey === left.tokenKey ? { ...token, ...key } : token));
}

function withTokens(region: RegionState, change: (token: TokenRecord) => TokenRecord): RegionState {
  return { ...region, site: { ...region.site, tokens: region.site.tokens.map(change) } };
}
