import type { JsonObject } from "../../json";

const KEYS = [
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

/** `hardware_info`: what is known of the hardware, "Unknown" for the rest. */
export function renderHardwareInfo(known: Record<string, string>): JsonObject {
  return Object.fromEntries(KEYS.map((key) => [key, known[key] ?? "Unknown"]));
}
