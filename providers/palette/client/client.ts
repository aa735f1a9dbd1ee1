import { InputError } from "../../dynamic/errors";
import { mayHaveHappened } from "./failure";
import type { PaletteRequest, Transport } from "./transport";

/** What a list answers. JSON null stands for an empty list. */
interface Page<Item> {
  items?: Item[] | null;
  listmeta?: { continue?: string | null } | null;
}

/** A project as `GET /v1/dashboard/projects/metadata` names it. */
interface ProjectMetadata {
  metadata: { name: string; uid: string };
}

/** How many objects Palette lists at most in one answer. */
const pageSize = 50;

/** Palette in the scope of one project. One instance per process; what it looks up once it remembers. */
export class PaletteClient {
  private uid: Promise<string> | undefined;

  constructor(
    private readonly transport: Transport,
    /** The project's name. */
    readonly project: string,
  ) {}

  /** Base address, for messages. */
  get url(): string {
    return this.transport.url;
  }

  /**
   * The uid of the project, looked up once. The only call without project scope: with it Palette refuses.
   *
   * @throws InputError when the key sees no project of that name; it lists those that it sees.
   */
  projectUid(): Promise<string> {
    this.uid ??= this.findProject();
    return this.uid;
  }

  /** GET of one object. */
  async get<Answer>(path: string, query?: PaletteRequest["query"]): Promise<Answer> {
    return this.transport.json<Answer>(
      await this.scoped({ method: "GET", path, ...(query === undefined ? {} : { query }) }),
    );
  }

  /** GET of a file, e.g. a kubeconfig. */
  async download(path: string, query?: PaletteRequest["query"]): Promise<string> {
    return this.transport.text(await this.scoped({ method: "GET", path, ...(query === undefined ? {} : { query }) }));
  }

  /** A write; answers what came back, null for an empty answer. */
  async send<Answer>(request: Omit<PaletteRequest, "projectUid">): Promise<Answer> {
    return this.transport.json<Answer>(await this.scoped(request));
  }

  /**
   * A create. A POST is never repeated blindly: when its answer is lost, `find` looks whether the object is there, and only if it is not
   * the POST is sent once more.
   */
  async create<Answer>(
    request: Pick<PaletteRequest, "path" | "query" | "body">,
    find: () => Promise<Answer | undefined>,
  ): Promise<Answer> {
    try {
      return await this.send<Answer>({ method: "POST", ...request });
    } catch (failure) {
      if (!mayHaveHappened(failure)) throw failure;
      return (await find()) ?? (await this.send<Answer>({ method: "POST", ...request }));
    }
  }

  /** All objects of a paged list. */
  async list<Item>(path: string, query: PaletteRequest["query"] = {}): Promise<Item[]> {
    return this.pages<Item>({ method: "GET", path, query });
  }

  /** All objects that a search finds. The page goes in the query, also of this POST. */
  async search<Item>(path: string, filter: unknown): Promise<Item[]> {
    return this.pages<Item>({ method: "POST", path, body: filter, repeatable: true });
  }

  private async pages<Item>(request: Omit<PaletteRequest, "projectUid">): Promise<Item[]> {
    const found: Item[] = [];
    let next = "";
    do {
      const query = { ...request.query, limit: pageSize, ...(next === "" ? {} : { continue: next }) };
      const page = await this.transport.json<Page<Item> | null>(await this.scoped({ ...request, query }));
      found.push(...(page?.items ?? []));
      next = page?.listmeta?.continue ?? "";
    } while (next !== "");
    return found;
  }

  private async scoped(request: Omit<PaletteRequest, "projectUid">): Promise<PaletteRequest> {
    return { ...request, projectUid: await this.projectUid() };
  }

  private async findProject(): Promise<string> {
    const answer = await this.transport.json<Page<ProjectMetadata> | null>({
      method: "GET",
      path: "/v1/dashboard/projects/metadata",
    });
    const projects = (answer?.items ?? []).map((item) => item.metadata);
    const found = projects.find(({ name }) => name === this.project);
    if (found !== undefined) return found.uid;
    const names = projects.map(({ name }) => name).sort();
    throw new InputError(
      `Palette at ${this.url} shows no project "${this.project}" to this API key. It shows: ${names.join(", ") || "none"}. ` +
        "Set palette.project in vmo-metal:datacenter, or give the key's user access to the project.",
      "vmo-metal:datacenter palette.project",
    );
  }
}
