import type { JsonObject } from "../../json";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";

/** A resource with a collection and single records, as most of MAAS's site objects are. */
export interface Resource<T> {
  /** "/zones/". */
  collection: string;
  /** "/zones/:name/". */
  item: string;
  list: (request: MaasRequest) => T[];
  create: (request: MaasRequest) => T;
  /** The record of the path, or a refusal. */
  find: (request: MaasRequest) => T;
  change: (request: MaasRequest, record: T) => void;
  remove: (request: MaasRequest, record: T) => void;
  render: (store: Store, record: T) => JsonObject;
  /** The answer of a create or update where it differs from a read. */
  renderWritten?: (store: Store, record: T) => JsonObject;
}

/** The five routes of a resource. Create and update answer 200 with the record, delete 204. */
export function resourceRoutes<T>(resource: Resource<T>): Route[] {
  const { collection, item, render } = resource;
  const written = resource.renderWritten ?? render;
  return [
    {
      method: "GET",
      path: collection,
      handle: (request) => ({
        status: 200,
        json: resource.list(request).map((record) => render(request.store, record)),
      }),
    },
    {
      method: "POST",
      path: collection,
      handle: (request) => {
        const record = resource.create(request);
        request.store.changed();
        return { status: 200, json: written(request.store, record) };
      },
    },
    {
      method: "GET",
      path: item,
      handle: (request) => ({ status: 200, json: render(request.store, resource.find(request)) }),
    },
    {
      method: "PUT",
      path: item,
      handle: (request) => {
        const record = resource.find(request);
        resource.change(request, record);
        request.store.changed();
        return { status: 200, json: written(request.store, record) };
      },
    },
    {
      method: "DELETE",
      path: item,
      handle: (request) => {
        resource.remove(request, resource.find(request));
        request.store.changed();
        return { status: 204 };
      },
    },
  ];
}

/** Sorts by name as the database does (by code point: capitals first). */
export function byName<T extends { name: string }>(records: readonly T[]): T[] {
  return [...records].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
