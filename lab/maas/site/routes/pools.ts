import { machinesInPool } from "../../machines/machines-of";
import { Form } from "../../server/form";
import { notFound, refusal } from "../../server/refusal";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";
import type { PoolRecord } from "../model";
import { checkName, MODEL_NAME } from "../names";
import { findByReference } from "../references";
import { renderPool } from "../render-pool";
import { update } from "../touch";
import { byName, resourceRoutes } from "./resource-routes";

function read(form: Form, store: Store, pool?: PoolRecord): { name?: string; description?: string } {
  const name = form.required("name");
  const taken = store.site.pools.filter((other) => other !== pool).map((other) => other.name);
  checkName(form, name, { maxLength: 256, pattern: MODEL_NAME, taken, model: "Resource pool" });
  const description = form.text("description");
  form.finish();
  return { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
}

function find({ store, params }: MaasRequest): PoolRecord {
  const [pool] = findByReference(store.site.pools, params["id"] ?? "", "resourcepool");
  if (pool === undefined) throw notFound("ResourcePool");
  return pool;
}

function remove({ store }: MaasRequest, pool: PoolRecord): void {
  if (pool.id === store.site.defaults.poolId) throw refusal(400, "This is the default pool, it cannot be deleted.");
  if (machinesInPool(store, pool.id).length > 0) {
    throw refusal(400, "Pool has machines in it, it cannot be deleted.");
  }
  store.site.pools = store.site.pools.filter((other) => other !== pool);
}

/** `resourcepools/` and `resourcepool/{id or name}/`. */
export const poolRoutes: Route[] = resourceRoutes<PoolRecord>({
  collection: "/resourcepools/",
  item: "/resourcepool/:id/",
  list: ({ store }) => byName(store.site.pools),
  create: ({ store, form }) => {
    const values = read(new Form(form, false), store);
    const pool = { name: "", description: "", ...values, id: store.nextId("pool") };
    store.site.pools.push(pool);
    return pool;
  },
  find,
  change: ({ store, form }, pool) => update(store.site.pools, pool, read(new Form(form, true), store, pool)),
  remove,
  render: (_store, pool) => renderPool(pool),
});
