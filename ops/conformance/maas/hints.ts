/** Something that was done to the real region between two lines of a recording and is not in it. */
export interface Hint {
  /** It is done before the line with this number. */
  before: number;
  /** A machine's status set outside the API. */
  status?: { systemId: string; status: string };
  /** A request that was left out, in the ids of the recording. */
  request?: { method: "POST" | "PUT" | "DELETE"; path: string; form?: [string, string][] };
  /** The id that the request's new object has in the recording. */
  makes?: { kind: string; id: string };
}

/**
 * The first recording leaves out requests between its lines and statuses that were set in the database; what they were
 * follows from the answers after them.
 */
const FIRST_RECORDING: readonly Hint[] = [
  { before: 1, status: { systemId: "ydawmg", status: "ready" } },
  { before: 246, request: { method: "DELETE", path: "/subnets/7/" } },
  { before: 531, request: { method: "DELETE", path: "/nodes/kqp3an/interfaces/37/" } },
  { before: 636, request: { method: "PUT", path: "/nodes/kqp3an/interfaces/39/", form: [["vlan", "5033"]] } },
  { before: 669, request: { method: "DELETE", path: "/nodes/dqk73h/interfaces/43/" } },
  {
    before: 673,
    request: {
      method: "PUT",
      path: "/nodes/dqk73h/interfaces/8/",
      form: [
        ["name", "enp2s0"],
        ["mac_address", "52:54:10:00:02:02"],
      ],
    },
  },
  { before: 680, request: { method: "POST", path: "/machines/dqk73h/?op=restore_networking_configuration" } },
  { before: 697, request: { method: "POST", path: "/machines/nxdc3m/?op=restore_networking_configuration" } },
  { before: 709, request: { method: "PUT", path: "/nodes/ydawmg/interfaces/19/", form: [["name", "enp1s1"]] } },
  { before: 709, status: { systemId: "ydawmg", status: "deployed" } },
  { before: 724, request: { method: "POST", path: "/machines/ydawmg/?op=unlock" } },
  { before: 724, status: { systemId: "ydawmg", status: "allocated" } },
  { before: 726, status: { systemId: "ydawmg", status: "new" } },
  {
    before: 736,
    request: {
      method: "POST",
      path: "/machines/brsq3a/?op=set_storage_layout",
      form: [
        ["storage_layout", "flat"],
        ["boot_size", "1G"],
        ["root_size", "20G"],
      ],
    },
  },
  {
    before: 739,
    request: {
      method: "POST",
      path: "/machines/brsq3a/?op=set_storage_layout",
      form: [
        ["storage_layout", "flat"],
        ["root_device", "17"],
      ],
    },
  },
  {
    before: 745,
    request: {
      method: "POST",
      path: "/machines/brsq3a/?op=set_storage_layout",
      form: [["storage_layout", "bcache"]],
    },
  },
  {
    before: 748,
    request: { method: "POST", path: "/machines/brsq3a/?op=set_storage_layout", form: [["storage_layout", "flat"]] },
  },
  { before: 755, request: { method: "DELETE", path: "/nodes/bbcw8a/interfaces/55/" } },
  {
    before: 757,
    request: {
      method: "POST",
      path: "/nodes/bbcw8a/interfaces/29/?op=link_subnet",
      form: [
        ["mode", "STATIC"],
        ["subnet", "1"],
        ["ip_address", "10.99.80.1"],
      ],
    },
  },
  { before: 781, request: { method: "PUT", path: "/nodes/bbcw8a/interfaces/26/", form: [["vlan", "5001"]] } },
  { before: 786, request: { method: "DELETE", path: "/nodes/bbcw8a/interfaces/59/" } },
  { before: 789, request: { method: "DELETE", path: "/nodes/bbcw8a/interfaces/60/" } },
  { before: 792, request: { method: "DELETE", path: "/nodes/bbcw8a/interfaces/61/" } },
  { before: 795, request: { method: "DELETE", path: "/nodes/bbcw8a/interfaces/62/" } },
  { before: 798, request: { method: "DELETE", path: "/nodes/bbcw8a/interfaces/63/" } },
  { before: 800, request: { method: "POST", path: "/machines/bbcw8a/?op=restore_networking_configuration" } },
  { before: 804, request: { method: "PUT", path: "/nodes/xwewrn/interfaces/17/", form: [["vlan", "5001"]] } },
  {
    before: 804,
    request: { method: "POST", path: "/nodes/xwewrn/interfaces/17/?op=link_subnet", form: [["mode", "LINK_UP"]] },
  },
  {
    before: 808,
    request: {
      method: "POST",
      path: "/nodes/xwewrn/interfaces/?op=create_vlan",
      form: [
        ["parent", "16"],
        ["vlan", "5034"],
      ],
    },
    makes: { kind: "interface", id: "64" },
  },
  {
    before: 814,
    request: {
      method: "PUT",
      path: "/nodes/xwewrn/interfaces/16/",
      form: [
        ["name", "enp2s0"],
        ["vlan", "5001"],
      ],
    },
  },
  {
    before: 814,
    request: {
      method: "POST",
      path: "/nodes/xwewrn/interfaces/?op=create_bond",
      form: [
        ["name", "bond0"],
        ["parents", "15"],
        ["mtu", "9000"],
      ],
    },
    makes: { kind: "interface", id: "65" },
  },
  { before: 820, request: { method: "DELETE", path: "/nodes/xwewrn/interfaces/65/" } },
  {
    before: 820,
    request: {
      method: "POST",
      path: "/nodes/xwewrn/interfaces/?op=create_bridge",
      form: [
        ["name", "brs"],
        ["parent", "15"],
        ["bridge_stp", "true"],
      ],
    },
    makes: { kind: "interface", id: "66" },
  },
  { before: 827, request: { method: "DELETE", path: "/nodes/xwewrn/interfaces/66/" } },
  {
    before: 827,
    request: { method: "POST", path: "/fabrics/25/vlans/", form: [["vid", "777"]] },
    makes: { kind: "vlan", id: "5035" },
  },
  {
    before: 827,
    request: {
      method: "POST",
      path: "/subnets/",
      form: [
        ["cidr", "10.77.0.0/24"],
        ["vlan", "5035"],
      ],
    },
    makes: { kind: "subnet", id: "15" },
  },
  { before: 832, request: { method: "DELETE", path: "/subnets/15/" } },
  {
    before: 832,
    request: {
      method: "POST",
      path: "/nodes/xwewrn/interfaces/14/?op=link_subnet",
      form: [
        ["mode", "STATIC"],
        ["subnet", "1"],
        ["ip_address", "10.99.80.1"],
      ],
    },
  },
  {
    before: 832,
    request: {
      method: "POST",
      path: "/nodes/xwewrn/interfaces/?op=create_bond",
      form: [
        ["name", "bond0"],
        ["parents", "14"],
      ],
    },
    makes: { kind: "interface", id: "67" },
  },
  { before: 837, request: { method: "PUT", path: "/machines/cdfttn/" } },
  {
    before: 853,
    request: {
      method: "POST",
      path: "/nodes/brsq3a/interfaces/enp1s0/?op=link_subnet",
      form: [
        ["mode", "STATIC"],
        ["subnet", "1"],
        ["ip_address", "10.99.70.1"],
      ],
    },
  },
  { before: 853, status: { systemId: "brsq3a", status: "deployed" } },
];

/** Hints by file name of the recording. */
export const HINTS: Readonly<Record<string, readonly Hint[]>> = { "maas-transcript.ndjson": FIRST_RECORDING };
