/** Boot methods that a subnet can have disabled, with the number that a DHCP client names its architecture by. */
const BOOT_METHODS: Record<string, string | null> = {
  ipxe: null,
  pxe: "00:00",
  uefi_amd64_tftp: "00:07",
  uefi_amd64_http: "00:10",
  uefi_ebc_tftp: "00:09",
  uefi_arm64_tftp: "00:0B",
  uefi_arm64_http: "00:13",
  "open-firmware_ppc64el": "00:0C",
  powernv: "00:0E",
  s390x: "00:1F",
  s390x_partition: "00:20",
};

/** The boot method of a name or of a DHCP architecture number (`00:07`, `0x07`); undefined when there is none. */
export function bootMethod(text: string): string | undefined {
  if (text in BOOT_METHODS) return text;
  const octet = text.replace("0x", "00:");
  return Object.keys(BOOT_METHODS).find((name) => BOOT_METHODS[name] === octet);
}
