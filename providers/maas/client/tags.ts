import { RestCollection } from "./rest-collection";
import { type TagAnswer, tagSchema } from "./site-types";
import type { Transport } from "./transport";

/** Tags; their key is their name. Which machines have one stands in the machines. */
export class Tags extends RestCollection<TagAnswer> {
  constructor(transport: Transport) {
    super(transport, {
      list: "tags/",
      one: (key) => `tags/${encodeURIComponent(key)}/`,
      keyOf: (answer) => answer.name,
      schema: tagSchema,
      plural: "tags",
    });
  }

  /** Puts a tag on machines and takes it off others; both may be repeated. MAAS says nothing about ids that it does not know. */
  async updateNodes(name: string, add: readonly string[], remove: readonly string[]): Promise<void> {
    if (add.length === 0 && remove.length === 0) return;
    await this.transport.send({
      method: "POST",
      path: this.options.one(name),
      query: { op: "update_nodes" },
      form: { ...(add.length > 0 ? { add } : {}), ...(remove.length > 0 ? { remove } : {}) },
      repeatable: true,
    });
  }
}
