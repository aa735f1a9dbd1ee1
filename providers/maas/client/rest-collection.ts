import { ApiError } from "../../dynamic/errors";
import { CachedList } from "./cached-list";
import { createOnce } from "./create-once";
import type { Fields } from "./form";
import type { Transport } from "./transport";

/** Where the objects of a kind live. */
export interface CollectionPaths<Answer> {
  /** List and create: `resourcepools/`. */
  readonly list: string;
  /** One object by the key that its path has: `resourcepool/3/`. */
  readonly one: (key: string) => string;
  /** The key that an object's path has. */
  readonly keyOf: (answer: Answer) => string;
}

/** Objects of one kind: MAAS's plain list, create, read, update and delete. */
export class RestCollection<Answer> {
  protected readonly cached: CachedList<Answer>;

  constructor(
    protected readonly transport: Transport,
    protected readonly paths: CollectionPaths<Answer>,
  ) {
    this.cached = new CachedList(
      () => transport.json<Answer[]>({ method: "GET", path: paths.list }),
      (answer) => paths.keyOf(answer),
    );
  }

  /** All objects; see {@link CachedList.all} for `age`. */
  async list(age?: number): Promise<readonly Answer[]> {
    return this.cached.all(age);
  }

  /** The first object that `wanted` accepts. */
  async find(wanted: (answer: Answer) => boolean, age?: number): Promise<Answer | undefined> {
    return (await this.cached.all(age)).find(wanted);
  }

  /** One object, or undefined when it is truly gone: absence from the list is confirmed by a read of its own. */
  async get(key: string): Promise<Answer | undefined> {
    return (await this.cached.get(key)) ?? (await this.read(key));
  }

  /** One object, asked for by itself; undefined on a 404 of the object. */
  async read(key: string): Promise<Answer | undefined> {
    try {
      const answer = await this.transport.json<Answer>({ method: "GET", path: this.paths.one(key) });
      this.cached.put(answer);
      return answer;
    } catch (failure) {
      if (!isGone(failure)) throw failure;
      this.cached.drop(key);
      return undefined;
    }
  }

  /**
   * Creates an object. When the answer is lost, the object is looked for (`isIt` tells it from others), and asked for again only when
   * it is not there; should the first request still be under way, MAAS refuses the second, since what names these objects is unique.
   *
   * @throws ApiError
   */
  async create(fields: Fields, isIt: (answer: Answer) => boolean): Promise<Answer> {
    return createOnce(
      async () => {
        const answer = await this.transport.json<Answer>({ method: "POST", path: this.paths.list, form: fields });
        this.cached.put(answer);
        return answer;
      },
      () => this.find(isIt, 0),
    );
  }

  /** Changes an object; fields left out keep their value. */
  async update(key: string, fields: Fields): Promise<Answer> {
    const answer = await this.transport.json<Answer>({ method: "PUT", path: this.paths.one(key), form: fields });
    if (this.paths.keyOf(answer) !== key) this.cached.drop(key);
    this.cached.put(answer);
    return answer;
  }

  /** Deletes an object; one that is gone already is a success. */
  async remove(key: string): Promise<void> {
    try {
      await this.transport.send({ method: "DELETE", path: this.paths.one(key) });
    } catch (failure) {
      if (!isGone(failure)) throw failure;
    }
    this.cached.drop(key);
  }

  /** Makes the next reader ask anew, after a write elsewhere that changes these objects too. */
  forget(): void {
    this.cached.forget();
  }
}

/** Whether a failure says that the object is not there: a 404 of MAAS, not one of the endpoint or of a proxy. */
export function isGone(failure: unknown): boolean {
  if (!(failure instanceof ApiError) || failure.status !== 404) return false;
  return (
    !failure.failure.detail.startsWith("Unknown API endpoint") && !failure.failure.detail.startsWith("an HTML page")
  );
}
