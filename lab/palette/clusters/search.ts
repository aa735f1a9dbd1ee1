import { z } from "zod";
import { sorted, sortSchema } from "../filters/sorting";
import type { Cluster } from "../model/cluster";
import type { Palette } from "../palette";
import { healthState } from "./dashboard-views";

const conjunction = z.enum(["and", "or"]).default("and");

const filterSchema = z.object({
  property: z.string().default(""),
  type: z.string().default("string"),
  condition: z
    .object({
      string: z
        .object({
          operator: z.enum(["eq", "contains", "beginsWith"]).default("eq"),
          negation: z.boolean().default(false),
          ignoreCase: z.boolean().default(false),
          match: z.object({ conjunction, values: z.array(z.string()).default([]) }).optional(),
        })
        .optional(),
      bool: z.object({ value: z.boolean().default(false) }).optional(),
      keyValue: z
        .object({
          key: z.string().default(""),
          operator: z.enum(["eq", "contains", "beginsWith"]).default("eq"),
          negation: z.boolean().default(false),
          ignoreCase: z.boolean().default(false),
          match: z.object({ conjunction, values: z.array(z.string()).default([]) }).optional(),
        })
        .optional(),
    })
    .optional(),
});
type Filter = z.output<typeof filterSchema>;

/** `v1SearchFilterSummarySpec`: a filter tree and an order. */
export const clusterSearchSchema = z.object({
  filter: z
    .object({
      conjunction,
      filterGroups: z.array(z.object({ conjunction, filters: z.array(filterSchema).default([]) })).default([]),
    })
    .default({ conjunction: "and", filterGroups: [] }),
  sort: sortSchema,
});

/** The clusters that a search finds, in its order. A property that clusters do not have matches none. */
export function searchClusters(
  palette: Palette,
  clusters: readonly Cluster[],
  { filter, sort }: z.output<typeof clusterSearchSchema>,
): Cluster[] {
  const found = clusters.filter((cluster) =>
    joined(filter.conjunction, filter.filterGroups, (group) =>
      joined(group.conjunction, group.filters, (each) => holds(palette, cluster, each)),
    ),
  );
  return sorted(found, sort, {
    clusterName: (cluster) => cluster.name,
    environment: () => "maas",
    clusterState: (cluster) => cluster.state,
    healthState: (cluster) => healthState(palette, cluster),
    creationTimestamp: (cluster) => cluster.createdAt,
    lastModifiedTimestamp: (cluster) => cluster.modifiedAt,
  });
}

function joined<Item>(how: "and" | "or", items: readonly Item[], test: (item: Item) => boolean): boolean {
  if (items.length === 0) return true;
  return how === "and" ? items.every(test) : items.some(test);
}

function holds(palette: Palette, cluster: Cluster, filter: Filter): boolean {
  const { string, bool, keyValue } = filter.condition ?? {};
  const texts: Record<string, string> = {
    clusterName: cluster.name,
    environment: "maas",
    clusterState: cluster.state,
    healthState: healthState(palette, cluster),
    clusterUid: cluster.uid,
    projectUid: cluster.projectUid,
    repaveState: cluster.repave?.state ?? "",
  };
  if (bool) return filter.property === "isDeleted" && (cluster.state === "Deleted") === bool.value;
  if (string) return compare(texts[filter.property], string);
  if (keyValue && filter.property === "tags") return compare(cluster.labels[keyValue.key], keyValue);
  return false;
}

function compare(
  text: string | undefined,
  condition: NonNullable<NonNullable<Filter["condition"]>["string"]>,
): boolean {
  if (text === undefined) return false;
  const fold = (value: string): string => (condition.ignoreCase ? value.toLowerCase() : value);
  const one = (value: string): boolean => {
    if (condition.operator === "contains") return fold(text).includes(fold(value));
    if (condition.operator === "beginsWith") return fold(text).startsWith(fold(value));
    return fold(text) === fold(value);
  };
  // Several values are alternatives unless the filter says otherwise.
  const values = condition.match?.values ?? [];
  const hit = condition.match?.conjunction === "and" && values.length > 1 ? values.every(one) : values.some(one);
  return hit !== condition.negation;
}
