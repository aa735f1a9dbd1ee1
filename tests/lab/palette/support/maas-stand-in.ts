import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";

/** A machine of the stand-in. */
export interface StandInMachine {
  system_id: string;
  hostname: string;
  status: number;
  pool: string;
  zone: string;
  cpu_count: number;
  memory: number;
  tags: string[];
  owner: string;
  agentName: string;
  addresses: string[];
  /** How often it was allocated. */
  allocations: number;
}

/** The least of a MAAS that a cluster controller needs, in memory, over a real socket. */
export class MaasStandIn {
  readonly apiKey = "consumer:token:standinsecret";
  machines: StandInMachine[] = [];
  records: { id: number; fqdn: string; ip_addresses: { ip: string }[] }[] = [];
  domains = ["metal.example.test"];
  /** Operations that ran, in order: `allocate w-1`. */
  readonly log: string[] = [];
  /** Hostnames whose deployment fails. */
  readonly failing = new Set<string>();
  /** Runs after an operation on a machine was done and before it is answered. */
  afterWork: (operation: string) => Promise<void> = () => Promise.resolve();
  /** Milliseconds that a deployment and a release take. */
  delay = 10;
  private readonly nonces = new Set<string>();
  private server: Server | undefined;
  url = "";

  /** Starts it with control plane and worker machines, two subnets each. */
  static async start(controlPlanes = 4, workers = 6): Promise<MaasStandIn> {
    const maas = new MaasStandIn();
    for (let index = 1; index <= controlPlanes; index++) maas.add(`cp-${index}`, "control-plane", index, 4, 8192);
    for (let index = 1; index <= workers; index++) maas.add(`w-${index}`, "worker-pool", index, 48, 262144);
    const server = createServer((request, response) => {
      void maas.serve(request, response);
    });
    maas.server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    maas.url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/MAAS`;
    return maas;
  }

  add(hostname: string, pool: string, index: number, cpu_count: number, memory: number): void {
    const host = this.machines.length + 10;
    this.machines.push({
      system_id: `id-${hostname}`,
      hostname,
      status: 4,
      pool,
      zone: `az${((index - 1) % 3) + 1}`,
      cpu_count,
      memory,
      tags: [],
      owner: "",
      agentName: "",
      addresses: [`192.168.0.${host}`, `172.16.0.${host}`],
      allocations: 0,
    });
  }

  /** Machines of a status, by hostname. */
  named(status: number): string[] {
    return this.machines.filter((machine) => machine.status === status).map((machine) => machine.hostname);
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? "/", "http://maas");
    const form = new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
    const refused = this.refuse(request.headers.authorization ?? "");
    const [status, body] = refused ?? this.answer(request.method ?? "GET", url, form);
    if (request.method === "POST") await this.afterWork(url.searchParams.get("op") ?? "");
    response.statusCode = status;
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  }

  private refuse(header: string): [number, string] | undefined {
    const field = (name: string): string => decodeURIComponent(new RegExp(`${name}="([^"]*)"`).exec(header)?.[1] ?? "");
    const [consumer, token, secret] = this.apiKey.split(":");
    const nonce = field("oauth_nonce");
    const wrong =
      field("oauth_consumer_key") !== consumer ||
      field("oauth_token") !== token ||
      field("oauth_signature") !== `&${secret}` ||
      this.nonces.has(nonce);
    this.nonces.add(nonce);
    return wrong ? [401, `Invalid signature. Expected &${secret}`] : undefined;
  }

  private answer(method: string, url: URL, form: URLSearchParams): [number, unknown] {
    const path = url.pathname.replace("/MAAS/api/2.0", "");
    const operation = url.searchParams.get("op");
    const id = /^\/machines\/([^/]+)\/$/.exec(path)?.[1];
    if (id !== undefined) return this.machineAnswer(id, method, operation);
    if (path === "/machines/" && operation === "allocate") return this.allocate(form);
    if (path === "/machines/") return [200, this.list(url.searchParams)];
    if (path.startsWith("/dnsresources/")) return this.dns(method, path, url.searchParams, form);
    if (path === "/zones/") return [200, ["az1", "az2", "az3"].map((name) => ({ name, description: "" }))];
    if (path === "/resourcepools/") return [200, this.pools().map((name) => ({ name, description: "" }))];
    if (path === "/domains/") return [200, this.domains.map((name) => ({ name }))];
    if (path === "/tags/") return [200, [{ name: "vmo", comment: "", definition: "", kernel_opts: null }]];
    if (path === "/subnets/")
      return [
        200,
        [
          {
            id: 1,
            name: "pxe",
            cidr: "192.168.0.0/22",
            space: "undefined",
            vlan: { id: 5001, name: "untagged", fabric: "datacenter" },
          },
          {
            id: 2,
            name: "management",
            cidr: "172.16.0.0/22",
            space: "undefined",
            vlan: { id: 5002, name: null, fabric: "datacenter" },
          },
        ],
      ];
    return [404, `Unknown API endpoint: ${path}`];
  }

  private pools(): string[] {
    return [...new Set(["default", ...this.machines.map((machine) => machine.pool)])];
  }

  private list(query: URLSearchParams): unknown[] {
    const ids = query.getAll("id");
    const agent = query.get("agent_name");
    return this.machines
      .filter(
        (machine) => (ids.length === 0 || ids.includes(machine.system_id)) && (!agent || machine.agentName === agent),
      )
      .map((machine) => this.view(machine));
  }

  private view(machine: StandInMachine): unknown {
    return {
      ...machine,
      status_name: `status ${machine.status}`,
      status_message: "",
      pool: { name: machine.pool },
      zone: { name: machine.zone },
      ip_addresses: machine.status === 6 ? machine.addresses : [],
      interface_set: [],
    };
  }

  private allocate(form: URLSearchParams): [number, unknown] {
    const pool = form.get("pool");
    if (pool !== null && !this.pools().includes(pool)) return [400, `{"pool": ["No such pool: '${pool}'."]}`];
    const found = this.machines.find(
      (machine) =>
        machine.status === 4 &&
        (pool === null || machine.pool === pool) &&
        (form.get("zone") === null || machine.zone === form.get("zone")) &&
        machine.cpu_count >= Number(form.get("cpu_count") ?? 0) &&
        machine.memory >= Number(form.get("mem") ?? 0) &&
        form.getAll("tags").every((tag) => machine.tags.includes(tag)),
    );
    if (!found) return [409, "No available machine matches constraints"];
    found.status = 10;
    found.owner = "admin";
    found.agentName = form.get("agent_name") ?? "";
    found.allocations += 1;
    this.log.push(`allocate ${found.hostname}`);
    return [200, this.view(found)];
  }

  private machineAnswer(id: string, method: string, operation: string | null): [number, unknown] {
    const machine = this.machines.find((each) => each.system_id === id);
    if (!machine) return [404, "No Machine matches the given query."];
    if (method === "POST") this.log.push(`${operation ?? ""} ${machine.hostname}`);
    if (operation === "deploy") {
      machine.status = 9;
      setTimeout(() => (machine.status = this.failing.has(machine.hostname) ? 11 : 6), this.delay);
    } else if (operation === "release" && machine.status !== 4) {
      machine.status = 12;
      setTimeout(() => Object.assign(machine, { status: 4, owner: "", agentName: "" }), this.delay);
    }
    return [200, this.view(machine)];
  }

  private dns(method: string, path: string, query: URLSearchParams, form: URLSearchParams): [number, unknown] {
    const addresses = (form.get("ip_addresses") ?? "").split(" ").map((ip) => ({ ip }));
    if (method === "GET") return [200, this.records.filter((record) => record.fqdn === query.get("fqdn"))];
    if (method === "POST") {
      if (!this.domains.includes(form.get("domain") ?? "")) return [400, `{"domain": ["Unable to find domain"]}`];
      const record = {
        id: this.records.length + 1,
        fqdn: `${form.get("name") ?? ""}.${form.get("domain") ?? ""}`,
        ip_addresses: addresses,
      };
      this.records.push(record);
      return [200, record];
    }
    const id = Number(path.split("/")[2]);
    const record = this.records.find((each) => each.id === id);
    if (!record) return [404, "Not Found"];
    if (method === "DELETE") this.records = this.records.filter((each) => each !== record);
    else record.ip_addresses = addresses;
    return [method === "DELETE" ? 204 : 200, method === "DELETE" ? "" : record];
  }
}
