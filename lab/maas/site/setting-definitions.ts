import type { JsonValue } from "../json";

/** How a setting's text is read. */
export type SettingKind =
  | "text"
  | "required-text"
  | "flag"
  | "integer"
  | "url"
  | "addresses"
  | "hosts"
  | "syslog"
  | "port"
  | "choice"
  | "list"
  | "series"
  | "osystem"
  | "commissioning-series"
  | "kernel";

/** One setting of the region. */
export interface SettingDefinition {
  name: string;
  kind: SettingKind;
  default: JsonValue;
  min?: number;
  max?: number;
  choices?: readonly string[];
  /** An empty text is refused. */
  required?: boolean;
  /** Text of a refused choice; `%` stands for what was sent. */
  invalidChoice?: string;
  /** Not in the list of valid settings that a refusal prints. */
  unlisted?: boolean;
}

function flag(name: string, value: boolean): SettingDefinition {
  return { name, kind: "flag", default: value };
}

function text(name: string, value: string | null): SettingDefinition {
  return { name, kind: "text", default: value };
}

function integer(name: string, value: number, min?: number, max?: number): SettingDefinition {
  return {
    name,
    kind: "integer",
    default: value,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

function named(what: string, choices: readonly string[]): { choices: readonly string[]; invalidChoice: string } {
  const list = choices.map((choice) => `'${choice}'`).join(", ");
  return { choices, invalidChoice: `'%' is not a valid ${what}.  It should be one of: ${list}.` };
}

const INTERVALS = ["0", "604800", "86400", "43200", "21600", "10800", "3600", "1800", "600"];

/** Every setting in the order in which MAAS lists them, with its default. */
export const SETTINGS: readonly SettingDefinition[] = [
  { name: "maas_name", kind: "required-text", default: "maas" },
  text("theme", ""),
  text("kernel_opts", null),
  flag("enable_http_proxy", true),
  { name: "maas_proxy_port", kind: "port", default: 8000 },
  flag("use_peer_proxy", false),
  flag("prefer_v4_proxy", false),
  { name: "http_proxy", kind: "url", default: null },
  integer("default_dns_ttl", 30),
  { name: "upstream_dns", kind: "addresses", default: null },
  {
    name: "dnssec_validation",
    kind: "choice",
    default: "auto",
    ...named("dnssec_validation", ["auto", "yes", "no"]),
  },
  text("maas_internal_domain", "maas-internal"),
  text("dns_trusted_acl", null),
  { name: "ntp_servers", kind: "hosts", default: "ntp.ubuntu.com" },
  flag("ntp_external_only", false),
  { name: "remote_syslog", kind: "syslog", default: null },
  { name: "maas_syslog_port", kind: "port", default: 5247 },
  {
    name: "network_discovery",
    kind: "choice",
    default: "enabled",
    ...named("network_discovery", ["enabled", "disabled"]),
  },
  {
    name: "active_discovery_interval",
    kind: "choice",
    default: 10800,
    ...named("active_discovery_interval", INTERVALS),
  },
  {
    name: "default_boot_interface_link_type",
    kind: "choice",
    default: "auto",
    required: true,
    choices: ["auto", "dhcp", "static", "link_up"],
  },
  { name: "default_osystem", kind: "osystem", default: "ubuntu" },
  { name: "default_distro_series", kind: "series", default: "noble" },
  { name: "default_min_hwe_kernel", kind: "kernel", default: "" },
  flag("enable_kernel_crash_dump", false),
  {
    name: "default_storage_layout",
    kind: "choice",
    default: "flat",
    required: true,
    choices: ["bcache", "blank", "custom", "flat", "lvm", "vmfs6", "vmfs7"],
  },
  { name: "commissioning_distro_series", kind: "commissioning-series", default: "noble" },
  flag("enable_third_party_drivers", true),
  text("windows_kms_host", null),
  flag("enable_disk_erasing_on_release", false),
  flag("disk_erase_with_secure_erase", true),
  flag("disk_erase_with_quick_erase", false),
  flag("boot_images_auto_import", true),
  flag("boot_images_no_proxy", false),
  flag("curtin_verbose", true),
  flag("force_v1_network_yaml", false),
  flag("enable_analytics", true),
  flag("completed_intro", false),
  integer("max_node_commissioning_results", 10, 1),
  integer("max_node_testing_results", 10, 1),
  integer("max_node_installation_results", 3, 1),
  integer("max_node_release_results", 3, 1),
  integer("subnet_ip_exhaustion_threshold_count", 16, 1),
  flag("release_notifications", true),
  flag("use_rack_proxy", true),
  integer("node_timeout", 30, 1),
  flag("prometheus_enabled", false),
  text("prometheus_push_gateway", null),
  integer("prometheus_push_interval", 60),
  flag("promtail_enabled", false),
  integer("promtail_port", 5238),
  flag("enlist_commissioning", true),
  text("maas_auto_ipmi_user", "maas"),
  {
    name: "maas_auto_ipmi_user_privilege_level",
    kind: "choice",
    default: "ADMIN",
    choices: ["USER", "OPERATOR", "ADMIN"],
    invalidChoice: "Valid choices are ADMIN, OPERATOR, or USER",
  },
  text("maas_auto_ipmi_k_g_bmc_key", ""),
  {
    name: "maas_auto_ipmi_cipher_suite_id",
    kind: "choice",
    default: "3",
    choices: ["17", "3", "", "8", "12"],
    invalidChoice: "Valid choices are 17,3,,8,12",
  },
  { name: "maas_auto_ipmi_workaround_flags", kind: "list", default: null },
  text("vcenter_server", ""),
  text("vcenter_username", ""),
  text("vcenter_password", ""),
  text("vcenter_datacenter", ""),
  text("hardware_sync_interval", "15m"),
  flag("tls_cert_expiration_notification_enabled", false),
  integer("tls_cert_expiration_notification_interval", 30, 1, 90),
  integer("session_length", 1209600, 10, 1209600),
  flag("auto_vlan_creation", true),
  { name: "main_archive", kind: "url", default: "http://archive.ubuntu.com/ubuntu", unlisted: true },
  { name: "ports_archive", kind: "url", default: "http://ports.ubuntu.com/ubuntu-ports", unlisted: true },
];
