import { ubuntuImage } from "../../derived/ubuntu-image";
import { maasRule } from "./machines";

/** Without it MAAS refuses every change of a machine ("architecture"), and deploys nothing. */
export const imagesSynced = maasRule(
  { code: "SIT013", severity: "error", rule: "MAAS has the Ubuntu image of the description for amd64, complete." },
  ({ cluster }, { images }) => {
    const version = cluster?.versions.operatingSystem ?? "22.04";
    const name = ubuntuImage(version) ?? `ubuntu/${version}`;
    const image = images.find((candidate) => candidate.name === name && candidate.architecture === "amd64");
    if (image !== undefined && image.complete !== false) return [];
    const state = image === undefined ? "is not there" : "has not arrived completely";
    return [
      {
        path: "cluster.versions.operatingSystem",
        message: `the image of Ubuntu ${version} for amd64 (${name}) ${state} in MAAS: machines can be neither changed nor deployed without it`,
        fix: "Select it in MAAS under Images and wait until it is synced.",
      },
    ];
  },
);
