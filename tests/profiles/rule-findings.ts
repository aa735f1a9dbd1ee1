import { preflight } from "../../stacks/preflight/preflight";
import type { SiteFacts } from "../../stacks/preflight/site-facts";
import { datacenterWith, type Settings } from "../stacks/descriptions";
import { secrets } from "../stacks/preflight/broken";
import { brokenClusters } from "../stacks/preflight/broken-clusters";
import { brokenNetworks } from "../stacks/preflight/broken-networks";
import { brokenSites } from "../stacks/preflight/broken-sites";

/** What each rule of the preflight finds in the descriptions and sites that break it, by its code: path, message and fix of each finding. */
export function ruleFindings(): Record<string, string> {
  const described = Object.entries({ ...brokenNetworks, ...brokenClusters }).map(([code, cases]): [string, string] => [
    code,
    [cases]
      .flat()
      .map(({ changes, secrets: known = secrets }) => findings(code, changes, known))
      .join("\n"),
  ]);
  const observed = Object.entries(brokenSites).map(([code, cases]): [string, string] => [
    code,
    cases.map(({ changes = {}, facts }) => findings(code, changes, secrets, facts)).join("\n"),
  ]);
  return Object.fromEntries([...described, ...observed]);
}

function findings(code: string, changes: Settings, known: readonly string[], facts?: SiteFacts): string {
  const { errors, warnings } = preflight(datacenterWith(changes), {
    secrets: [...known],
    ...(facts === undefined ? {} : { facts }),
  });
  return [...errors, ...warnings]
    .filter((finding) => finding.code === code)
    .map(({ path, message, fix }) => `${path}: ${message} ${fix}`)
    .join("\n");
}
