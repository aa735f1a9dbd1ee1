import type { JsonObject } from "../json";
import type { Store } from "../store";
import { flagAt, listAt, numberAt, numberOrNull, objectAt, textAt, textOrNull, textsAt } from "./import-values";
import type {
  BlockDeviceRecord,
  FilesystemGroupRecord,
  FilesystemRecord,
  MachineRecord,
  PartitionRecord,
} from "./model";
import { showsAllocation } from "./status";
import { isFormat } from "./storage/effective-filesystem";
import { stableUuid } from "./storage/stable-uuid";

type Storage = Pick<MachineRecord, "blockDevices" | "filesystemGroups" | "cacheSets">;

const GROUP_OF = /^(LVM volume|Backing device|VMFS extent|Active [\w-]+ device|Spare [\w-]+ device) for (.+)$/;

/** The volume group or the like that a part says it is used for; an answer names it but tells little else. */
function groupOf(store: Store, body: JsonObject, groups: FilesystemGroupRecord[], ids: JsonObject): number | null {
  const [, kind, name] = GROUP_OF.exec(textAt(body, "used_for")) ?? [];
  if (kind === undefined || name === undefined) return null;
  const known = groups.find((group) => group.name === name);
  if (known !== undefined) return known.id;
  const groupType = kind.startsWith("LVM") ? "lvm-vg" : kind.startsWith("Backing") ? "bcache" : "vmfs6";
  const list = groupType === "lvm-vg" ? listAt(ids, "volume_groups") : listAt(ids, "bcaches");
  const [recorded] = list.map((each) => numberAt(each, "id")).filter((id) => groups.every((group) => group.id !== id));
  const id = recorded ?? store.nextId("filesystemgroup");
  store.claimId("filesystemgroup", id);
  groups.push({ id, uuid: stableUuid("group", id), groupType, name, cacheMode: null, cacheSetId: null });
  return id;
}

function filesystems(store: Store, body: JsonObject, groupId: number | null, allocated: boolean): FilesystemRecord[] {
  const shown = objectAt(body, "filesystem");
  if (textAt(shown, "fstype") === "") return [];
  const own: FilesystemRecord = {
    id: store.nextId("filesystem"),
    fstype: textAt(shown, "fstype"),
    label: textOrNull(shown, "label"),
    uuid: textAt(shown, "uuid"),
    mountPoint: textOrNull(shown, "mount_point"),
    mountOptions: textOrNull(shown, "mount_options"),
    filesystemGroupId: groupId,
    cacheSetId: null,
    acquired: false,
  };
  if (!allocated || !isFormat(own)) return [own];
  return [own, { ...own, id: store.nextId("filesystem"), acquired: true }];
}

/**
 * The disks of a recorded machine, with the ids recorded. What an answer does not tell (cache sets, RAID levels) is left
 * out.
 */
export function importStorage(store: Store, body: JsonObject): Storage {
  const groups: FilesystemGroupRecord[] = [];
  const allocated = showsAllocation(numberAt(body, "status"));
  const partition = (each: JsonObject): PartitionRecord => {
    const id = numberAt(each, "id");
    store.claimId("partition", id);
    return {
      id,
      index: Number(/-part(\d+)$/.exec(textAt(each, "path"))?.[1] ?? 1),
      uuid: textAt(each, "uuid"),
      size: numberAt(each, "size"),
      bootable: flagAt(each, "bootable"),
      tags: textsAt(each, "tags"),
      filesystems: filesystems(store, each, groupOf(store, each, groups, body), allocated),
    };
  };
  const device = (each: JsonObject): BlockDeviceRecord => {
    const id = numberAt(each, "id");
    store.claimId("blockdevice", id);
    const type = textAt(each, "type") === "virtual" ? "virtual" : "physical";
    const table = textOrNull(each, "partition_table_type");
    return {
      id,
      type,
      name: textAt(each, "name"),
      idPath: textOrNull(each, "id_path"),
      size: numberAt(each, "size"),
      blockSize: numberAt(each, "block_size"),
      tags: textsAt(each, "tags"),
      model: textOrNull(each, "model"),
      serial: textOrNull(each, "serial"),
      firmwareVersion: textOrNull(each, "firmware_version"),
      numaNode: numberOrNull(each, "numa_node"),
      uuid: textOrNull(each, "uuid"),
      filesystemGroupId: null,
      partitionTableType: table === "GPT" || table === "MBR" ? table : null,
      partitions: listAt(each, "partitions").map(partition),
      filesystems: filesystems(store, each, groupOf(store, each, groups, body), allocated),
    };
  };
  const blockDevices = listAt(body, "blockdevice_set").map(device);
  for (const virtual of blockDevices.filter((each) => each.type === "virtual")) {
    const group = groups.find((each) => virtual.name === each.name || virtual.name.startsWith(`${each.name}-`));
    if (group === undefined) continue;
    virtual.filesystemGroupId = group.id;
    if (group.groupType === "lvm-vg") virtual.name = virtual.name.slice(group.name.length + 1);
  }
  return { blockDevices, filesystemGroups: groups, cacheSets: [] };
}
