import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import type { PaletteArgs } from "../../components/palette/palette";
import type { Datacenter } from "../../stacks/description/datacenter";
import { paletteArgs, type PaletteSecrets } from "../../stacks/program/palette-args";

/** Palette's part of a datacenter that has one, with keys and passwords of no meaning; secrets stay plain unless said. */
export function paletteArgsOf(
  datacenter: Datacenter,
  secrets: Partial<PaletteSecrets> = {},
  toSecret: (value: Record<string, string>) => pulumi.Input<Record<string, string>> = (value) => value,
): PaletteArgs {
  const { palette, cluster } = datacenter;
  assert.ok(palette && cluster, "the description has no cluster");
  const all = { maasApiKey: "a:b:c", flashArrayTokens: {}, grafanaAdminPassword: "x", ...secrets };
  return paletteArgs(datacenter, palette, cluster, all, toSecret);
}
