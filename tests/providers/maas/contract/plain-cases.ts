import { resourcePoolKind } from "../../../../providers/maas/resource-pool";
import { settingKind } from "../../../../providers/maas/setting";
import { spaceKind } from "../../../../providers/maas/space";
import { tagKind } from "../../../../providers/maas/tag";
import { zoneKind } from "../../../../providers/maas/zone";
import { type KindCase, type Names, some } from "./kind-case";

/** Pool, zone, space, tag and setting. */
export function plainCases(names: Names): KindCase[] {
  const zone = names.of("zone");
  const tag = names.of("tag");
  return [
    {
      title: "resource pool",
      kind: some(resourcePoolKind),
      args: { name: names.of("pool"), description: "Table" },
      inputs: [
        {
          input: "name",
          byHand: (client, id) => client.pools.update(id, { name: names.of("hand") }),
          to: { name: names.of("pool-2") },
        },
        {
          input: "description",
          byHand: (client, id) => client.pools.update(id, { description: "by hand" }),
          to: { description: "Other" },
        },
      ],
    },
    {
      title: "zone",
      kind: some(zoneKind),
      args: { name: zone, description: "Table" },
      inputs: [
        {
          input: "name",
          byHand: (client) => client.zones.update(zone, { name: names.of("hand") }),
          to: { name: names.of("zone-2") },
        },
        {
          input: "description",
          byHand: (client) => client.zones.update(zone, { description: "by hand" }),
          to: { description: "Other" },
        },
      ],
    },
    {
      title: "space",
      kind: some(spaceKind),
      args: { name: names.of("space") },
      inputs: [
        {
          input: "name",
          byHand: (client, id) => client.spaces.update(id, { name: names.of("hand") }),
          to: { name: names.of("space-2") },
        },
        {
          input: "description",
          byHand: (client, id) => client.spaces.update(id, { description: "by hand" }),
          to: { description: "Other" },
        },
      ],
    },
    {
      title: "tag",
      kind: some(tagKind),
      args: { name: tag, comment: "Table", kernelOptions: "quiet", machines: [] },
      inputs: [
        { input: "name", unseen: "a tag's name is its id: renamed, it is gone", to: { name: names.of("tag-2") } },
        {
          input: "comment",
          byHand: (client) => client.tags.update(tag, { comment: "by hand" }),
          to: { comment: "" },
        },
        {
          input: "kernelOptions",
          byHand: (client) => client.tags.update(tag, { kernel_opts: "debug" }),
          to: { kernelOptions: "" },
        },
        {
          input: "definition",
          byHand: (client) => client.tags.update(tag, { definition: "//no-such-node" }),
          to: { definition: "//no-such-node", machines: null },
        },
        { input: "machines", unseen: "needs a machine: see the tests of the tag's machines" },
      ],
    },
    // Settings that nothing acts upon but the UI.
    {
      title: "setting with a text",
      kind: some(settingKind),
      args: { name: "maas_name", value: names.of("first") },
      inputs: [
        {
          input: "value",
          byHand: (client) => client.settings.set("maas_name", names.of("hand")),
          to: { value: names.of("other") },
        },
        {
          input: "name",
          replaced: "another setting",
          unseen: "names of settings do not change",
          to: { name: "theme", value: "" },
        },
      ],
    },
    {
      title: "setting with true or false",
      kind: some(settingKind),
      args: { name: "release_notifications", value: false },
      inputs: [
        {
          input: "value",
          byHand: (client) => client.settings.set("release_notifications", true),
          to: { value: true },
        },
        { input: "name", unseen: "names of settings do not change" },
      ],
    },
    {
      title: "setting with a number",
      kind: some(settingKind),
      args: { name: "subnet_ip_exhaustion_threshold_count", value: 11 },
      inputs: [
        {
          input: "value",
          byHand: (client) => client.settings.set("subnet_ip_exhaustion_threshold_count", 12),
          to: { value: 13 },
        },
        { input: "name", unseen: "names of settings do not change" },
      ],
    },
  ];
}

/** The settings that the contract changes for a moment. */
export const touchedSettings = ["maas_name", "release_notifications", "subnet_ip_exhaustion_threshold_count"] as const;
