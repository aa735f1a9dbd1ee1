import type { LabDatacenter } from "./lab-datacenter";

/** A machine of a pool, as somebody at Palette's console sees it. */
export interface PaletteMachine {
  uid: string;
  hostname: string;
}

interface Pool {
  name: string;
  size: number;
  additionalLabels?: Record<string, string>;
}

interface Variables {
  profileUid: string;
  variables: { name: string; value: string }[] | null;
}

interface Account {
  metadata: { name: string; uid: string; annotations: Record<string, string> };
  spec: { preferredSubnets: string[] };
}

/** Somebody at the console of the lab's Palette, through `npm run lab -- palette …`; knows the one cluster there is. */
export class PaletteByHand {
  constructor(private readonly datacenter: LabDatacenter) {}

  /** One call of the API; null for an empty answer. */
  async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const more = body === undefined ? [] : [JSON.stringify(body)];
    const text = await this.datacenter.lab("palette", method, path, ...more);
    return (text.trim() === "" ? null : JSON.parse(text)) as Answer;
  }

  /** The clusters that are there. */
  async clusters(): Promise<{ uid: string; name: string }[]> {
    const search = { filter: { conjunction: "and", filterGroups: [] }, sort: [] };
    const path = "/v1/dashboard/spectroclusters/search";
    const { items } = await this.call<{
      items: { metadata: { uid: string; name: string }; status: { state: string } }[] | null;
    }>("POST", path, search);
    return (items ?? []).filter(({ status }) => status.state !== "Deleted").map(({ metadata }) => metadata);
  }

  /** The first cluster with its profiles. */
  async cluster(): Promise<{
    metadata: { uid: string; labels: Record<string, string> | null; annotations: Record<string, string> };
    spec: {
      cloudConfigRef: { uid: string };
      clusterProfileTemplates: { uid: string; name: string; profileVersion: string }[];
    };
  }> {
    const [found] = await this.clusters();
    return this.call("GET", `/v1/spectroclusters/${found?.uid ?? "none"}`);
  }

  /** Its profiles, `name version`. */
  async profiles(): Promise<string[]> {
    const { spec } = await this.cluster();
    return spec.clusterProfileTemplates.map(({ name, profileVersion }) => `${name} ${profileVersion}`);
  }

  /** The value of a variable on it. */
  async variable(profile: string, name: string): Promise<string | undefined> {
    const { spec } = await this.cluster();
    const uid = spec.clusterProfileTemplates.find((item) => item.name === profile)?.uid ?? "none";
    return (await this.variables(uid)).find((variable) => variable.name === name)?.value;
  }

  /** Its cloud config. */
  async cloudConfig(): Promise<{ spec: { machinePoolConfig: Pool[]; cloudAccountRef: { uid: string } } }> {
    return this.call("GET", `/v1/cloudconfigs/maas/${await this.configUid()}`);
  }

  /** Uids of all its machines. */
  async machines(): Promise<string[]> {
    const { spec } = await this.cloudConfig();
    const pools = await Promise.all(spec.machinePoolConfig.map(({ name }) => this.machinesOf(name)));
    return pools.flat().map(({ uid }) => uid);
  }

  /** A machine of a pool that is none of those named. */
  async machineOtherThan(pool: string, hostnames: readonly string[]): Promise<PaletteMachine> {
    const found = (await this.machinesOf(pool)).find(({ hostname }) => !hostnames.includes(hostname));
    if (found === undefined) throw new Error(`machine pool ${pool} has no machine but ${hostnames.join(", ")}`);
    return found;
  }

  /** Deletes a machine: Palette puts another in its place. */
  async deleteMachine(pool: string, uid: string): Promise<void> {
    await this.call("DELETE", `${await this.poolPath(pool)}/machines/${uid}`);
  }

  /** Creates a cluster with the same profiles that gets no machines; answers its uid. */
  async createClusterOfSameProfiles(name: string): Promise<string> {
    const { spec } = await this.cluster();
    const config = await this.cloudConfig();
    const attached = spec.clusterProfileTemplates.map(async (profile) => ({
      uid: profile.uid,
      packValues: [],
      variables: await this.variables(profile.uid),
    }));
    const pool = (role: string) => ({
      cloudConfig: { azs: [], instanceType: { minCPU: 999, minMemInMB: 1024 }, resourcePool: "nobody", tags: [] },
      poolConfig: { name: role, size: 1, labels: [role], isControlPlane: role === "control-plane" },
    });
    const { uid } = await this.call<{ uid: string }>("POST", "/v1/spectroclusters/maas", {
      metadata: { name, labels: {}, annotations: {} },
      spec: {
        cloudAccountUid: config.spec.cloudAccountRef.uid,
        cloudConfig: { domain: "metal.example.test", sshKeys: [], ntpServers: [] },
        profiles: await Promise.all(attached),
        machinepoolconfig: [pool("control-plane"), pool("worker")],
        clusterConfig: {},
        policies: {},
      },
    });
    return uid;
  }

  /**
   * Takes from the cluster, its profiles and its account what says who made them, so that they seem to be somebody's; who chose other preferred
   * subnets for the account.
   */
  async forgetOwner(account: string, preferredSubnets: readonly string[]): Promise<void> {
    const { metadata, spec } = await this.cluster();
    const [{ name } = { name: "" }] = await this.clusters();
    const bare = { metadata: { name, labels: {}, annotations: metadata.annotations } };
    await this.call("PATCH", `/v1/spectroclusters/${metadata.uid}/metadata`, bare);
    for (const profile of spec.clusterProfileTemplates) {
      const body = { metadata: { name: profile.name, labels: {} }, spec: { version: profile.profileVersion } };
      await this.call("PATCH", `/v1/clusterprofiles/${profile.uid}/metadata`, body);
    }
    const { metadata: owned, spec: former } = await this.account(account);
    const { uid, annotations } = owned;
    const own = { name: account, uid, labels: {}, annotations: { overlordUid: annotations["overlordUid"] } };
    await this.call("PUT", `/v1/cloudaccounts/maas/${uid}`, { metadata: own, spec: { ...former, preferredSubnets } });
  }

  /** A cloud account by its name. */
  async account(name: string): Promise<Account> {
    const { items } = await this.call<{ items: Account[] }>("GET", "/v1/cloudaccounts/maas");
    const found = items.find(({ metadata }) => metadata.name === name);
    if (found === undefined) throw new Error(`there is no account ${name}`);
    return found;
  }

  /** Deletes a cluster and waits until it is gone. */
  async deleteCluster(uid: string): Promise<void> {
    await this.call("DELETE", `/v1/spectroclusters/${uid}`);
    const deadline = Date.now() + 60_000;
    while ((await this.clusters()).some((cluster) => cluster.uid === uid)) {
      if (Date.now() > deadline) throw new Error(`cluster ${uid} was not deleted within a minute`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** All variables of one profile on the cluster, masked ones as they are shown. */
  private async variables(profileUid: string): Promise<{ name: string; value: string }[]> {
    const { metadata } = await this.cluster();
    const answer = await this.call<Variables[] | { variables: Variables[] }>(
      "GET",
      `/v1/spectroclusters/${metadata.uid}/variables`,
    );
    const profiles = Array.isArray(answer) ? answer : answer.variables;
    const found = profiles.find((profile) => profile.profileUid === profileUid)?.variables ?? [];
    return found.map(({ name, value }) => ({ name, value }));
  }

  private async machinesOf(pool: string): Promise<PaletteMachine[]> {
    const { items } = await this.call<{ items: { metadata: { uid: string }; spec: { hostname: string } }[] | null }>(
      "GET",
      `${await this.poolPath(pool)}/machines`,
    );
    return (items ?? []).map(({ metadata, spec }) => ({ uid: metadata.uid, hostname: spec.hostname }));
  }

  private async poolPath(pool: string): Promise<string> {
    return `/v1/cloudconfigs/maas/${await this.configUid()}/machinePools/${pool}`;
  }

  private async configUid(): Promise<string> {
    return (await this.cluster()).spec.cloudConfigRef.uid;
  }
}
