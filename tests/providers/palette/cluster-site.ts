import { parseApiKey } from "../../../providers/maas/client/api-key";
import { MaasClient } from "../../../providers/maas/client/client";
import type { MaasSimulator } from "../../../lab/maas/index";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { cloudAccountKind } from "../../../providers/palette/cloud-account";
import { clusterProfileKind } from "../../../providers/palette/cluster-profile";
import { coreArgs, infraArgs } from "./profile-args";
import type { Kept, Tenant } from "./tenant";

const zones = ["az1", "az2", "az3"];

/** A client of MAAS of its own: somebody at its console. */
export function maasByHand(maas: MaasSimulator): MaasClient {
  const key = parseApiKey(maas.apiKey, "test");
  return new MaasClient({ url: maas.url, credentials: () => key, keyOrigin: "test" });
}

/** Gives MAAS the pools, zones and domain of the RA, and puts the seed's machines there. */
export async function prepareMaas(maas: MaasSimulator): Promise<void> {
  maas.reset();
  const client = maasByHand(maas);
  for (const name of ["control-plane", "worker-pool"])
    await client.pools.create({ name }, (pool) => pool.name === name);
  for (const name of zones) await client.zones.create({ name }, (zone) => zone.name === name);
  const name = "metal.example.test";
  await client.domains.create({ name }, (domain) => domain.name === name);
  const machines = await client.machines.list();
  await Promise.all(
    machines
      .filter(({ hostname }) => /^(cp|worker)-\d+$/.test(hostname))
      .map(({ hostname, system_id }) => {
        const number = Number(hostname.split("-")[1]);
        const pool = hostname.startsWith("cp") ? "control-plane" : "worker-pool";
        return client.machines.update(system_id, { pool, zone: zones[(number - 1) % 3] ?? "az1" });
      }),
  );
  client.close();
}

/** Inputs of the account that Palette reaches MAAS with. */
export function accountArgs(site: Tenant): PlainObject {
  return {
    name: "maas-test",
    gateway: site.palette.gatewayName,
    apiEndpoint: site.maas.url,
    apiKey: site.maas.apiKey,
    preferredSubnets: ["172.16.0.0/22"],
  };
}

/** Makes the account and both profiles of the RA. */
export async function prepareTenant(site: Tenant): Promise<{ account: Kept; infra: Kept; core: Kept }> {
  const command = site.command();
  const account = await command.up(cloudAccountKind, accountArgs(site));
  const infra = await command.up(clusterProfileKind, infraArgs());
  const core = await command.up(clusterProfileKind, coreArgs());
  return { account, infra, core };
}

/** The value of a secret variable that must never be seen in clear. */
export const grafanaPassword = "grafana-password-of-the-tests";

/** One machine pool's inputs. */
export function poolArgs(name: "control-plane" | "worker-pool", size: number, changes: PlainObject = {}): PlainObject {
  const controlPlane = name === "control-plane";
  return {
    name,
    controlPlane,
    workloads: false,
    size,
    resourcePool: name,
    zones: [...zones],
    minimumCpuCores: controlPlane ? 4 : 16,
    minimumMemoryMebibytes: controlPlane ? 8192 : 24576,
    minimumDiskGibibytes: 60,
    machineTags: [],
    labels: {},
    taints: [],
    updateStrategy: "RollingUpdateScaleOut",
    nodeRepaveInterval: 0,
    ...changes,
  };
}

/** Inputs of the RA's cluster: three control plane nodes and five workers. */
export function clusterArgs(changes: PlainObject = {}): PlainObject {
  return {
    name: "vmo",
    cloudAccount: "maas-test",
    domain: "metal.example.test",
    podCidr: "100.64.0.0/18",
    serviceCidr: "100.64.64.0/18",
    sshKeys: ["ssh-ed25519 AAAA operator"],
    ntpServers: ["ntp.example.test"],
    profiles: [
      { name: "VMO-RA-Infra-MaaS-PureFlashArray", version: "1.7.0", variables: { maxStorageNodes: "5" } },
      {
        name: "VMO-RA-Core-PXKE",
        version: "1.7.0",
        variables: {
          loadBalancerAddresses: "10.20.30.50-10.20.30.99",
          loadBalancerInterface: "bond_data.20",
          virtualMachineVlans: "21-100",
          allowVlansOnSelf: "false",
          vlansOnBridge: "1",
        },
      },
    ],
    secretVariables: { "VMO-RA-Core-PXKE/grafanaAdminPassword": grafanaPassword },
    pools: [poolArgs("control-plane", 3), poolArgs("worker-pool", 5)],
    timeoutMinutes: 1,
    ...changes,
  };
}
