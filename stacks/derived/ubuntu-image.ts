/** Names of Ubuntu's releases in MAAS. */
const RELEASES: Readonly<Record<string, string>> = { "22.04": "jammy", "24.04": "noble" };

/** The name of an Ubuntu version's image in MAAS: `22.04` gives `ubuntu/jammy`; undefined for a version that nobody here knows. */
export function ubuntuImage(version: string): string | undefined {
  const release = RELEASES[version];
  return release === undefined ? undefined : `ubuntu/${release}`;
}
