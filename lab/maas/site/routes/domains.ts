import { machinesInDomain } from "../../machines/machines-of";
import { Form } from "../../server/form";
import { notFound, refusal, fieldErrors } from "../../server/refusal";
import type { MaasRequest, Route } from "../../server/route";
import type { Store } from "../../store";
import { pruneDnsResources } from "../dns-addresses";
import { domainNameError, labelsError } from "../domain-names";
import type { DomainRecord } from "../model";
import { findByReference } from "../references";
import { renderDomain } from "../render-domain";
import { update } from "../touch";
import { resourceRoutes } from "./resource-routes";

function readName(form: Form, store: Store, domain?: DomainRecord): string | undefined {
  const sent = form.required("name");
  if (sent === undefined) return undefined;
  form.limitLength("name", sent, 256);
  if (form.failed("name")) return undefined;
  const name = sent.replace(/\.+$/, "");
  for (const error of [domainNameError(name), labelsError(name)]) if (error !== undefined) form.add("name", error);
  const taken = store.site.domains.some((other) => other !== domain && other.name === name);
  if (!form.failed("name") && taken) form.add("name", "Domain with this Name already exists.");
  return name;
}

/** Only `true`, `false` (also with a capital), 2 and 3 are understood; anything else is ignored. */
function readAuthoritative(form: Form): boolean | undefined {
  const text = form.text("authoritative");
  if (["true", "True", "2"].includes(text ?? "")) return true;
  return ["false", "False", "3"].includes(text ?? "") ? false : undefined;
}

function read(form: Form, store: Store, domain?: DomainRecord): Partial<DomainRecord> {
  const name = readName(form, store, domain);
  const ttl = form.integer("ttl", { min: 1, max: 604800 });
  const authoritative = readAuthoritative(form);
  const forwarded = (form.text("forward_dns_servers") ?? "") !== "";
  if (forwarded && (form.text("authoritative") ?? String(domain?.authoritative ?? "")) !== "") {
    form.add("__all__", "a domain cannot be both authoritative and have forward dns servers");
  }
  form.finish();
  return {
    ...(name !== undefined && { name }),
    ...(ttl !== undefined && { ttl }),
    ...(authoritative !== undefined && { authoritative }),
  };
}

/** The domain that a reference (id, name or specifier) means. */
export function domainOf(store: Store, reference: string): DomainRecord {
  const [domain] = findByReference(store.site.domains, reference, "domain");
  if (domain === undefined) throw notFound("Domain");
  return domain;
}

/** A resource of the parent domain that has the name of this domain becomes this domain's own. */
function adoptFromParent(store: Store, domain: DomainRecord): void {
  const [label, ...rest] = domain.name.split(".");
  const parent = store.site.domains.find((other) => other.name === rest.join("."));
  if (parent === undefined) return;
  for (const resource of store.site.dnsResources) {
    if (resource.domainId === parent.id && resource.name === label)
      Object.assign(resource, { name: "@", domainId: domain.id });
  }
}

function remove({ store }: MaasRequest, domain: DomainRecord): void {
  if (domain.id === store.site.defaults.domainId) {
    throw refusal(400, "This domain is the default domain, it cannot be deleted.");
  }
  pruneDnsResources(store);
  const protectedBy = (field: string, objects: string[]): never => {
    const text = `"Cannot delete some instances of model 'Domain' because they are referenced through protected foreign keys: '${field}'."`;
    throw refusal(500, `(${text}, {${objects.join(", ")}})`);
  };
  const resources = store.site.dnsResources.filter((resource) => resource.domainId === domain.id);
  if (resources.length > 0) {
    protectedBy(
      "DNSResource.domain",
      resources.map((resource) => `<DNSResource: name=${resource.name}>`),
    );
  }
  const machines = machinesInDomain(store, domain.id);
  if (machines.length > 0) {
    protectedBy(
      "Node.domain",
      machines.map(({ systemId, hostname }) => `<Machine: ${systemId} (${hostname})>`),
    );
  }
  store.site.domains = store.site.domains.filter((other) => other !== domain);
}

/** `domains/` and `domains/{id or name}/` with set_default; set_serial is taken and has no effect to be seen. */
export const domainRoutes: Route[] = [
  ...resourceRoutes<DomainRecord>({
    collection: "/domains/",
    item: "/domains/:id/",
    list: ({ store }) => store.site.domains,
    create: ({ store, form }) => {
      const values = read(new Form(form, false), store);
      const domain = { name: "", authoritative: true, ttl: null, ...values, id: store.nextId("domain") };
      store.site.domains.push(domain);
      adoptFromParent(store, domain);
      return domain;
    },
    find: ({ store, params }) => domainOf(store, params["id"] ?? ""),
    change: ({ store, form }, domain) => {
      update(store.site.domains, domain, read(new Form(form, true), store, domain));
      adoptFromParent(store, domain);
    },
    remove,
    render: renderDomain,
  }),
  {
    method: "POST",
    path: "/domains/:id/",
    operation: "set_default",
    handle: ({ store, params }) => {
      const domain = domainOf(store, params["id"] ?? "");
      store.site.defaults.domainId = domain.id;
      store.changed();
      return { status: 200, json: renderDomain(store, domain) };
    },
  },
  {
    method: "POST",
    path: "/domains/",
    operation: "set_serial",
    handle: ({ form }) => {
      const serial = Number(form.get("serial") ?? "x");
      if (!form.has("serial")) throw fieldErrors({ serial: ["Missing parameter"] });
      if (!Number.isInteger(serial)) throw fieldErrors({ serial: ["Expected a serial number"] });
      if (serial <= 0 || serial > 4294967295) {
        throw fieldErrors({ serial: ["Expected a serial number between 1 and 4294967295"] });
      }
      return { status: 200, text: "" };
    },
  },
];
