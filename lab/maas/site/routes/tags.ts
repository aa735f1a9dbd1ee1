import { machinesWithTag, onTagDeleted, onTagRenamed, updateTagMembers } from "../../machines/tag-members";
import { renderMachines } from "../../machines/render/render-machines";
import { Form } from "../../server/form";
import { notFound, refusal } from "../../server/refusal";
import type { JsonObject } from "../../json";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";
import type { TagRecord } from "../model";
import { checkName, TAG_NAME } from "../names";
import { update } from "../touch";
import { isXPath } from "../xpath";
import { resourceRoutes } from "./resource-routes";

function render(_store: Store, tag: TagRecord): JsonObject {
  return {
    name: tag.name,
    definition: tag.definition,
    comment: tag.comment,
    kernel_opts: tag.kernelOpts,
    resource_uri: `/MAAS/api/2.0/tags/${encodeURIComponent(tag.name)}/`,
  };
}

function read(form: Form, store: Store, tag?: TagRecord): Partial<TagRecord> {
  const name = form.required("name");
  const taken = store.site.tags.filter((other) => other !== tag).map((other) => other.name);
  checkName(form, name, { maxLength: 256, pattern: TAG_NAME, taken, model: "Tag" });
  const definition = form.text("definition");
  if (definition !== undefined && definition !== "" && !isXPath(definition)) {
    form.add("definition", "Invalid xpath expression: Invalid expression");
  }
  const comment = form.text("comment");
  const kernelOpts = form.text("kernel_opts");
  form.finish();
  return {
    ...(name !== undefined && { name }),
    ...(definition !== undefined && { definition }),
    ...(comment !== undefined && { comment }),
    ...(kernelOpts !== undefined && { kernelOpts }),
  };
}

function find({ store, params }: MaasRequest): TagRecord {
  const tag = store.site.tags.find((candidate) => candidate.name === params["name"]);
  if (tag === undefined) throw notFound("Tag");
  return tag;
}

/** Machines already tagged count again; system ids that do not exist are not counted. */
function updateNodes(request: MaasRequest): JsonObject {
  const { store, form } = request;
  const tag = find(request);
  const definition = form.get("definition");
  if (definition !== undefined && definition !== tag.definition) {
    throw refusal(409, `Definition supplied '${definition}' doesn't match current definition '${tag.definition}'`);
  }
  const counted = updateTagMembers(store, tag.name, form.getAll("add"), form.getAll("remove"));
  store.changed();
  return { ...counted };
}

function listed(operation: string, list: (store: Store, tag: TagRecord) => JsonObject[]): Route {
  return {
    method: "GET",
    path: "/tags/:name/",
    operation,
    handle: (request) => ({ status: 200, json: list(request.store, find(request)) }),
  };
}

const machines = (store: Store, tag: TagRecord): JsonObject[] =>
  renderMachines(store, machinesWithTag(store, tag.name));

/** `tags/` and `tags/{name}/` with update_nodes, rebuild and the lists of what has the tag. */
export const tagRoutes: Route[] = [
  ...resourceRoutes<TagRecord>({
    collection: "/tags/",
    item: "/tags/:name/",
    list: ({ store }) => store.site.tags,
    create: ({ store, form }) => {
      const values = read(new Form(form, false), store);
      const tag = { name: "", definition: "", comment: "", kernelOpts: "", ...values, id: store.nextId("tag") };
      store.site.tags.push(tag);
      return tag;
    },
    find,
    change: ({ store, form }, tag) => {
      const former = tag.name;
      update(store.site.tags, tag, read(new Form(form, true), store, tag));
      if (tag.name !== former) onTagRenamed(store, former, tag.name);
    },
    remove: ({ store }, tag) => {
      onTagDeleted(store, tag.name);
      store.site.tags = store.site.tags.filter((other) => other !== tag);
    },
    render,
  }),
  {
    method: "POST",
    path: "/tags/:name/",
    operation: "update_nodes",
    handle: (request) => ({ status: 200, json: updateNodes(request) }),
  },
  {
    method: "POST",
    path: "/tags/:name/",
    operation: "rebuild",
    handle: (request) => ({ status: 200, json: { rebuilding: find(request).name } }),
  },
  listed("nodes", machines),
  listed("machines", machines),
  listed("devices", () => []),
  listed("rack_controllers", () => []),
  listed("region_controllers", () => []),
];
