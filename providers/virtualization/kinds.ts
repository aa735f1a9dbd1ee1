import { serve, type ServedProvider } from "../dynamic/serve";
import { existingClusterKind } from "./existing-cluster";
import { imageVersionKind } from "./image-version";
import { ownedListsKind } from "./owned-lists";
import { useGuardKind } from "./use-guard";

/** Every kind of the virtualization layer, by its name. */
export const virtualizationProviders: Readonly<Record<string, ServedProvider>> = {
  [imageVersionKind.kind]: serve(imageVersionKind),
  [existingClusterKind.kind]: serve(existingClusterKind),
  [useGuardKind.kind]: serve(useGuardKind),
  [ownedListsKind.kind]: serve(ownedListsKind),
};
