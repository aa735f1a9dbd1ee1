import { Form } from "../../server/form";
import { notFound, refusal } from "../../server/refusal";
import type { JsonObject } from "../../json";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";
import type { SpaceRecord } from "../model";
import { checkName, WORD_NAME } from "../names";
import { findByReference } from "../references";
import { renderSubnet } from "../render-subnet";
import { renderVlan, UNDEFINED_SPACE } from "../render-vlan";
import { touch, update } from "../touch";
import { resourceRoutes } from "./resource-routes";

/** The pseudo space of everything without a space. */
const UNDEFINED: SpaceRecord = {
  id: -1,
  name: UNDEFINED_SPACE,
  description: "Backward compatibility object to ensure objects not associated with a space can be found.",
};

function render(store: Store, space: SpaceRecord): JsonObject {
  const spaceId = space.id === UNDEFINED.id ? null : space.id;
  const vlans = store.site.vlans.filter((vlan) => vlan.spaceId === spaceId);
  const ids = new Set(vlans.map((vlan) => vlan.id));
  const subnets = store.site.subnets.filter((subnet) => ids.has(subnet.vlanId));
  return {
    id: space.id,
    name: space.name,
    description: space.description,
    vlans: vlans.map((vlan) => renderVlan(store, vlan.id)),
    subnets: subnets.map((subnet) => renderSubnet(store, subnet.id)),
    resource_uri: `/MAAS/api/2.0/spaces/${spaceId ?? UNDEFINED_SPACE}/`,
  };
}

function hasUndefined(store: Store): boolean {
  return store.site.vlans.some((vlan) => vlan.spaceId === null);
}

function reserved(name: string, space?: SpaceRecord): string | undefined {
  const own = space !== undefined && name === `space-${space.id}`;
  return name === UNDEFINED_SPACE || (/^space-\d+$/.test(name) && !own) ? "Reserved space name." : undefined;
}

function read(form: Form, store: Store, space?: SpaceRecord): Partial<SpaceRecord> {
  const name = form.text("name");
  checkName(form, name, {
    maxLength: 256,
    pattern: WORD_NAME,
    patternText: (text) => `Invalid space name: ${text}.`,
    check: (text) => reserved(text, space),
    taken: store.site.spaces.filter((other) => other !== space).map((other) => other.name),
    model: "Space",
  });
  const description = form.text("description");
  form.finish();
  return {
    ...(name !== undefined && name !== "" && { name }),
    ...(description !== undefined && { description }),
  };
}

function isUndefined(reference: string): boolean {
  return reference === "-1" || reference === UNDEFINED_SPACE;
}

/** The spaces that a reference (id or name) means. */
export function findSpaces(store: Store, reference: string): SpaceRecord[] {
  return findByReference(store.site.spaces, reference, "space");
}

function find({ store, params, method }: MaasRequest): SpaceRecord {
  const reference = params["id"] ?? "";
  if (method !== "GET" && isUndefined(reference)) {
    throw refusal(400, `Space cannot be ${method === "DELETE" ? "deleted" : "modified"}: ${UNDEFINED_SPACE}`);
  }
  if (reference === "-1" || (reference === UNDEFINED_SPACE && hasUndefined(store))) return UNDEFINED;
  const [space] = findSpaces(store, reference);
  if (space === undefined) throw notFound("Space");
  return space;
}

/** Its VLANs stay, without a space. */
function remove({ store }: MaasRequest, space: SpaceRecord): void {
  const vlans = store.site.vlans.filter((vlan) => vlan.spaceId === space.id);
  for (const vlan of vlans) {
    vlan.spaceId = null;
    touch(store.site.vlans, vlan);
  }
  store.site.spaces = store.site.spaces.filter((other) => other !== space);
}

/** `spaces/` and `spaces/{id or name}/`. */
export const spaceRoutes: Route[] = resourceRoutes<SpaceRecord>({
  collection: "/spaces/",
  item: "/spaces/:id/",
  list: ({ store }) => [...store.site.spaces, ...(hasUndefined(store) ? [UNDEFINED] : [])],
  create: ({ store, form }) => {
    const values = read(new Form(form, false), store);
    const id = store.nextId("space");
    const space = { id, name: values.name ?? `space-${id}`, description: values.description ?? "" };
    store.site.spaces.push(space);
    return space;
  },
  find,
  change: ({ store, form }, space) => update(store.site.spaces, space, read(new Form(form, true), store, space)),
  remove,
  render,
});
