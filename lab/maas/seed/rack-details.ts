import type { JsonObject } from "../json";

const SERVICES = [
  "rackd",
  "http",
  "tftp",
  "dhcpd",
  "dhcpd6",
  "dns_rack",
  "ntp_rack",
  "proxy_rack",
  "syslog_rack",
  "agent",
];

const HARDWARE = [
  "system_vendor",
  "system_product",
  "system_family",
  "system_version",
  "system_sku",
  "system_serial",
  "cpu_model",
  "mainboard_vendor",
  "mainboard_product",
  "mainboard_serial",
  "mainboard_version",
  "mainboard_firmware_vendor",
  "mainboard_firmware_date",
  "mainboard_firmware_version",
  "chassis_vendor",
  "chassis_type",
  "chassis_serial",
  "chassis_version",
];

const TESTS = [
  "cpu_test",
  "memory_test",
  "storage_test",
  "network_test",
  "interface_test",
  "other_test",
  "testing",
  "commissioning",
];

/** What a rack controller's answer holds beside names, zone, domain and interface. */
export function rackDetails(version: string): JsonObject {
  const tests = TESTS.flatMap((test): [string, string | number][] => [
    [`${test}_status`, -1],
    [`${test}_status_name`, "Unknown"],
  ]);
  return {
    ...Object.fromEntries(tests),
    description: "",
    architecture: "amd64/generic",
    cpu_count: 4,
    cpu_speed: 0,
    memory: 8192,
    swap_size: null,
    osystem: "",
    distro_series: "",
    power_type: "",
    power_state: "on",
    status_action: null,
    version,
    hardware_uuid: null,
    hardware_info: Object.fromEntries(HARDWARE.map((name) => [name, "Unknown"])),
    current_commissioning_result_id: null,
    current_installation_result_id: null,
    current_testing_result_id: null,
    node_type: 2,
    node_type_name: "Rack controller",
    tag_names: [],
    service_set: SERVICES.map((name) => ({ name, status: "running", status_info: "" })),
  };
}

/** What its interface's answer holds beside id, name, MAC address, VLAN and links. */
export const rackInterfaceDetails: JsonObject = {
  type: "physical",
  enabled: true,
  link_connected: true,
  effective_mtu: 1500,
  params: "",
  parents: [],
  children: [],
  tags: [],
  discovered: null,
  interface_speed: 10000,
  link_speed: 10000,
  numa_node: 0,
  sriov_max_vf: 0,
  vendor: null,
  product: null,
  firmware_version: null,
};
