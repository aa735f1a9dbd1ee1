import { z } from "zod";
import { InputError } from "../../dynamic/errors";
import { isForeign, mayHaveHappened } from "../../http/lost-answer";
import type { AnswerRule } from "../../http/transport";
import { type Created, createdSchema, itemsOf, objectNameSchema } from "./object-meta";
import type { RequestBody } from "./request-body";
import type { PaletteRequest, Transport } from "./transport";

/** The projects that a key sees (`GET /v1/dashboard/projects/metadata`, without pages). */
export const projectsSchema = itemsOf(z.object({ metadata: objectNameSchema }), "projects");

/** Asks for {@link projectsSchema}; in the tenant's scope, the only call without a project. */
export const projectsRequest: PaletteRequest = { method: "GET", path: "/v1/dashboard/projects/metadata" };

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
    if (this.uid === undefined) {
      const asked = this.findProject();
      this.uid = asked;
      asked.catch(() => {
        if (this.uid === asked) this.uid = undefined;
      });
    }
    return this.uid;
  }

  /** GET of one object. @param rule what the answer must agree with besides the schema */
  async get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    query?: PaletteRequest["query"],
    rule?: AnswerRule<z.output<Schema>>,
  ): Promise<z.output<Schema>> {
    return this.ask({ method: "GET", path, ...(query === undefined ? {} : { query }) }, schema, rule);
  }

  /** GET of a file, e.g. a kubeconfig. */
  async download(path: string, query?: PaletteRequest["query"]): Promise<string> {
    const request = await this.scoped({ method: "GET", path, ...(query === undefined ? {} : { query }) });
    return (await this.transport.send(request)).text;
  }

  /** Any request whose answer matters. */
  async ask<Schema extends z.ZodType>(
    request: Omit<PaletteRequest, "projectUid">,
    schema: Schema,
    rule?: AnswerRule<z.output<Schema>>,
  ): Promise<z.output<Schema>> {
    return this.transport.json(await this.scoped(request), schema, rule);
  }

  /** A write whose answer does not matter. */
  async send(request: Omit<PaletteRequest, "projectUid">): Promise<void> {
    await this.transport.send(await this.scoped(request));
  }

  /**
   * A create. A POST is never repeated blindly: when its answer is lost, `find` looks whether the object is there, and only if it is not
   * the POST is sent once more.
   */
  async create(
    request: Pick<PaletteRequest, "path" | "query" | "body">,
    find: () => Promise<Created | undefined>,
  ): Promise<Created> {
    const post = (): Promise<Created> => this.ask({ method: "POST", ...request }, createdSchema);
    try {
      return await post();
    } catch (failure) {
      if (!mayHaveHappened(failure)) throw failure;
      const found = await find();
      if (found !== undefined) return found;
      if (isForeign(failure)) throw failure;
      return post();
    }
  }

  /** All objects of a paged list. @param what the objects in words */
  async list<Item extends z.ZodType>(
    path: string,
    item: Item,
    what: string,
    query: PaletteRequest["query"] = {},
  ): Promise<z.output<Item>[]> {
    return this.pages({ method: "GET", path, query }, item, what);
  }

  /** All objects that a search finds. The page goes in the query, also of this POST. @param what the objects in words */
  async search<Item extends z.ZodType>(
    path: string,
    item: Item,
    what: string,
    filter: RequestBody,
  ): Promise<z.output<Item>[]> {
    return this.pages({ method: "POST", path, body: filter, repeatable: true }, item, what);
  }

  private async pages<Item extends z.ZodType>(
    request: Omit<PaletteRequest, "projectUid">,
    item: Item,
    what: string,
  ): Promise<z.output<Item>[]> {
    const page = z
      .object({
        items: z.array(item).nullable(),
        listmeta: z.object({ continue: z.string().nullish() }).nullish(),
      })
      .describe(`a list of ${what}`);
    const found: z.output<Item>[] = [];
    const asked = new Set<string>();
    for (let next = ""; ;) {
      const query = { ...request.query, limit: pageSize, ...(next === "" ? {} : { continue: next }) };
      const answer: z.output<typeof page> = await this.ask({ ...request, query }, page, ({ listmeta }) =>
        asked.has(listmeta?.continue ?? "")
          ? "expected the next page, but the list continues where it has been"
          : undefined,
      );
      found.push(...(answer.items ?? []));
      next = answer.listmeta?.continue ?? "";
      if (next === "") return found;
      asked.add(next);
    }
  }

  private async scoped(request: Omit<PaletteRequest, "projectUid">): Promise<PaletteRequest> {
    return { ...request, projectUid: await this.projectUid() };
  }

  private async findProject(): Promise<string> {
    const answer = await this.transport.json(projectsRequest, projectsSchema);
    const projects = answer.map((item) => item.metadata);
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
