import type { z } from "zod";
import { isGone, mayHaveHappened } from "../../http/lost-answer";
import { CachedList } from "./cached-list";
import { createOnce } from "./create-once";
import type { Fields } from "./form";
import { listOf } from "./site-types";
import type { Transport } from "./transport";

/** Where the objects of a kind live, and what they look like. */
export interface CollectionOptions<Answer> {
  /** List and create: `resourcepools/`. */
  readonly list: string;
  /** One object by the key that its path has: `resourcepool/3/`. */
  readonly one: (key: string) => string;
  /** The key that an object's path has. */
  readonly keyOf: (answer: Answer) => string;
  /** One object. */
  readonly schema: z.ZodType<Answer>;
  /** Objects of the kind in words: `resource pools`. */
  readonly plural: string;
}

/** Objects of one kind: MAAS's plain list, create, read, update and delete. */
export class RestCollection<Answer> {
  private readonly cached: CachedList<Answer>;

  constructor(
    protected readonly transport: Transport,
    protected readonly options: CollectionOptions<Answer>,
  ) {
    const schema = listOf(options.schema, options.plural, options.keyOf);
    this.cached = new CachedList(
      () => transport.json({ method: "GET", path: options.list }, schema),
      (answer) => options.keyOf(answer),
    );
  }

  /** All objects; see {@link CachedList.all} for `age`. What may have changed since the list was sent is read again. */
  async list(age?: number): Promise<readonly Answer[]> {
    await this.cached.all(age);
    await Promise.all(this.cached.doubted().map((key) => this.read(key)));
    return this.cached.all();
  }

  /** The first object that `wanted` accepts. */
  async find(wanted: (answer: Answer) => boolean, age?: number): Promise<Answer | undefined> {
    return (await this.list(age)).find(wanted);
  }

  /** One object, or undefined when it is gone: absence from the list is confirmed by a read of its own. */
  async get(key: string): Promise<Answer | undefined> {
    const listed = await this.cached.get(key);
    return listed === undefined || this.cached.isDoubted(key) ? this.read(key) : listed;
  }

  /** One object, read by itself; undefined on MAAS's own 404 of the object. */
  async read(key: string): Promise<Answer | undefined> {
    const sent = this.cached.send();
    try {
      const request = { method: "GET", path: this.options.one(key) } as const;
      const answer = await this.transport.json(request, this.options.schema, (found) => this.isAnother(found, key));
      this.cached.put(answer, sent);
      return answer;
    } catch (failure) {
      if (!isGone(failure)) throw failure;
      this.cached.drop(key, sent);
      return undefined;
    }
  }

  /**
   * Creates an object. When the answer is lost, the object is looked for (`isIt` tells it from others), and the request is repeated only when it is
   * not there; MAAS refuses a second object, since what names these objects is unique.
   *
   * @throws ApiError
   */
  async create(fields: Fields, isIt: (answer: Answer) => boolean): Promise<Answer> {
    return createOnce(
      async () => {
        const sent = this.cached.send();
        const answer = await this.transport.json(
          { method: "POST", path: this.options.list, form: fields },
          this.options.schema,
        );
        this.cached.put(answer, sent);
        return answer;
      },
      () => this.find(isIt, 0),
    );
  }

  /** Changes an object; fields left out keep their value. */
  async update(key: string, fields: Fields): Promise<Answer> {
    const sent = this.cached.send();
    try {
      const request = { method: "PUT", path: this.options.one(key), form: fields } as const;
      const answer = await this.transport.json(request, this.options.schema);
      if (this.options.keyOf(answer) !== key) this.cached.drop(key, sent);
      this.cached.put(answer, sent);
      return answer;
    } catch (failure) {
      this.afterFailure(failure, key);
      throw failure;
    }
  }

  /** Deletes an object; one that is gone already is a success. */
  async remove(key: string): Promise<void> {
    const sent = this.cached.send();
    try {
      await this.transport.send({ method: "DELETE", path: this.options.one(key) });
    } catch (failure) {
      this.afterFailure(failure, key);
      if (!isGone(failure)) throw failure;
    }
    this.cached.drop(key, sent);
  }

  /** Makes the next reader reload the list, after a write elsewhere that changes these objects too. */
  forget(): void {
    this.cached.forget();
  }

  /** A rename whose answer is lost has an unknown key, so that only a new list shows it. */
  private afterFailure(failure: unknown, key: string): void {
    if (!mayHaveHappened(failure)) return;
    this.cached.doubt(key);
    this.cached.forget();
  }

  private isAnother(answer: Answer, key: string): string | undefined {
    const found = this.options.keyOf(answer);
    return found === key
      ? undefined
      : `expected ${this.options.schema.description ?? "the object"} ${key}, but ${found} came`;
  }
}
