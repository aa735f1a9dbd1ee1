/**
 * Names of clusters in Palette. Its API describes no rule, so this is the strictest one that it may have: a DNS label's characters, because Cluster
 * API names objects by it and MAAS the API server (`<cluster>-<6 characters>.<domain>`), and the 32 characters of its console.
 */
export const clusterNamePattern = /^[a-z]([-a-z0-9]{0,30}[a-z0-9])?$/;

/** {@link clusterNamePattern} for people. */
export const clusterNameRule = "1 to 32 lower-case letters, digits and dashes, a letter first and no dash at the end";
