import type { Hit, SiteRule } from "../rule";
import { didYouMean } from "../../description/did-you-mean";

/** Everything is made in the project; a wrong name answers 403, which reads like a missing right. */
export const projectFound: SiteRule = {
  code: "SIT020",
  severity: "error",
  rule: "The Palette project exists and the key can see it.",
  checkSite: ({ palette }, facts): Hit[] => {
    if (palette === null || facts.palette === null || facts.palette.projects.includes(palette.project)) return [];
    return [
      {
        path: "palette.project",
        message: `there is no project "${palette.project}" that the API key can see${suggestion(palette.project, facts.palette.projects)}`,
        fix: "Correct the name, create the project in Palette, or use a key of a user that belongs to it.",
      },
    ];
  },
};

/** The gateway reaches MAAS for Palette; without it account and cluster cannot be made. */
export const gatewayRunning: SiteRule = {
  code: "SIT021",
  severity: "error",
  rule: "The private cloud gateway exists and is running.",
  checkSite: ({ palette }, facts): Hit[] => {
    if (palette === null || facts.palette === null) return [];
    const path = "palette.gateway";
    const gateway = facts.palette.gateways.find(({ name }) => name === palette.gateway);
    if (gateway === undefined) {
      const names = facts.palette.gateways.map(({ name }) => name);
      return [
        {
          path,
          message: `there is no private cloud gateway "${palette.gateway}"${suggestion(palette.gateway, names)}`,
          fix: "Correct the name, or install the gateway beside MAAS.",
        },
      ];
    }
    if (gateway.running) return [];
    return [
      {
        path,
        message: `the gateway "${gateway.name}" is ${gateway.state}, so Palette cannot reach MAAS`,
        fix: "Bring it back: Palette, Tenant Settings, Private Cloud Gateways.",
      },
    ];
  },
};

/** Until it is gone nothing can be changed of it, and what is made on it goes with it. */
export const clusterStays: SiteRule = {
  code: "SIT022",
  severity: "error",
  rule: "The cluster is not being deleted in Palette.",
  checkSite: ({ cluster }, facts): Hit[] => {
    if (cluster === null || facts.palette?.clusterState !== "Deleting") return [];
    return [
      {
        path: "cluster.name",
        message: `cluster "${cluster.name}" is being deleted in Palette`,
        fix: "Run destroy to wait for its end. To make it anew, run up with --refresh --run-program when it is gone.",
      },
    ];
  },
};

function suggestion(name: string, known: readonly string[]): string {
  const near = didYouMean(name, known);
  if (near !== undefined) return `; did you mean "${near}"?`;
  return known.length === 0 ? "; there are none" : `; there are ${[...known].sort().slice(0, 8).join(", ")}`;
}
