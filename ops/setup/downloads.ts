import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { version as sdkVersion } from "@pulumi/pulumi/version";
import type { StoredPart } from "./part-store";
import type { Run } from "./run";
import { thisPlatform } from "./inputs-hash";
import { versions } from "./versions";

/** Pulumi's own downloads, for machines whose network allows them: minutes less than a build. */
export interface Downloads {
  /** Whether the download site answers within three seconds. Looked up once per process. */
  reachable(): Promise<boolean>;
  /** Puts Pulumi's release for the SDK in use into `out`. */
  engine(out: string): Promise<void>;
  /** Puts the provider for Kubernetes into `out`; needs an engine. */
  kubernetesProvider(out: string, scratch: string, engine: string): Promise<void>;
}

const site = "https://get.pulumi.com/";

/** The engine's release, as the Automation API's installer lays it out. */
export const engineRelease: StoredPart = {
  name: "pulumi-release",
  key: `${sdkVersion}-${thisPlatform}`,
  title: `Pulumi ${sdkVersion}`,
  seconds: 60,
  how: "downloaded",
  files: ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"].map((file) => join("bin", file)),
};

/** The provider's release, as the engine downloads it. */
export const providerRelease: StoredPart = {
  name: "pulumi-resource-kubernetes-release",
  key: `${versions.kubernetesProvider}-${thisPlatform}`,
  title: `Pulumi provider for Kubernetes ${versions.kubernetesProvider}`,
  seconds: 60,
  how: "downloaded",
  files: ["pulumi-resource-kubernetes"],
};

/** {@link Downloads} over the network. */
export function pulumiDownloads(run: Run, environment: NodeJS.ProcessEnv = process.env): Downloads {
  let answer: Promise<boolean> | undefined;
  return {
    reachable: () => (answer ??= answers(site)),
    async engine(out) {
      const { automation } = await import("@pulumi/pulumi");
      await automation.PulumiCommand.install({ root: out });
    },
    async kubernetesProvider(out, scratch, engine) {
      const version = `v${versions.kubernetesProvider}`;
      const result = await run(engine, ["plugin", "install", "resource", "kubernetes", version, "--non-interactive"], {
        environment: { ...environment, PULUMI_HOME: scratch, PULUMI_SKIP_UPDATE_CHECK: "true" },
      });
      if (result.code !== 0) throw new Error(result.stderr.trim());
      await mkdir(out, { recursive: true });
      const bin = "pulumi-resource-kubernetes";
      await copyFile(join(scratch, "plugins", `resource-kubernetes-${version}`, bin), join(out, bin));
    },
  };
}

/** Whether a web site answers anything at all within three seconds. */
async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(3000) });
    return true;
  } catch {
    return false;
  }
}
