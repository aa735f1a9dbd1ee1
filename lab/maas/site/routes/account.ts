import { randomBytes } from "node:crypto";
import { missingParameter, notFound } from "../../server/refusal";
import type { MaasRequest, Route } from "../../server/route";
import type { TokenRecord } from "../model";
import { renderUser } from "../render-user";
import { byName } from "./resource-routes";

const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

/** A random text of the alphabet and length of MAAS's keys. */
export function randomKey(length: number): string {
  return [...randomBytes(length)].map((byte) => ALPHABET[byte % ALPHABET.length] ?? "").join("");
}

function ownToken({ store, user }: MaasRequest, tokenKey: string): TokenRecord {
  const token = store.site.tokens.find((candidate) => candidate.user === user && candidate.tokenKey === tokenKey);
  if (token === undefined) throw notFound("Token");
  return token;
}

function mandatory({ form }: MaasRequest, name: string): string {
  const value = form.get(name);
  if (value === undefined) throw missingParameter(name);
  return value;
}

function post(operation: string, handle: Route["handle"]): Route {
  return { method: "POST", path: "/account/", operation, handle };
}

/** `account/` (the caller's API keys), `users/` and `users/{username}/`. */
export const accountRoutes: Route[] = [
  {
    method: "GET",
    path: "/account/",
    operation: "list_authorisation_tokens",
    handle: ({ store, user }) => {
      const tokens = store.site.tokens.filter((token) => token.user === user);
      const json = tokens.map(({ name, consumerKey, tokenKey, tokenSecret }) => ({
        name,
        token: `${consumerKey}:${tokenKey}:${tokenSecret}`,
      }));
      return { status: 200, json };
    },
  },
  post("create_authorisation_token", ({ store, user, form }) => {
    const [consumerKey, tokenKey, tokenSecret] = [randomKey(18), randomKey(18), randomKey(32)];
    const name = form.get("name") ?? "MAAS consumer";
    store.site.tokens.push({ user, name, consumerKey, tokenKey, tokenSecret });
    store.changed();
    const json = { token_key: tokenKey, token_secret: tokenSecret, consumer_key: consumerKey, name };
    return { status: 200, json };
  }),
  post("update_token_name", (request) => {
    const parts = mandatory(request, "token").split(":");
    const name = mandatory(request, "name");
    ownToken(request, (parts.length === 3 ? parts[1] : parts.join(":")) ?? "").name = name;
    request.store.changed();
    return { status: 202, text: "Accepted" };
  }),
  post("delete_authorisation_token", (request) => {
    const token = ownToken(request, mandatory(request, "token_key"));
    request.store.site.tokens = request.store.site.tokens.filter((other) => other !== token);
    request.store.changed();
    return { status: 204 };
  }),
  {
    method: "GET",
    path: "/users/",
    handle: ({ store }) => {
      const users = byName(store.site.users.map((user) => ({ ...user, name: user.username })));
      return { status: 200, json: users.map(renderUser) };
    },
  },
  {
    method: "GET",
    path: "/users/",
    operation: "whoami",
    handle: ({ store, user }) => {
      const caller = store.site.users.find((candidate) => candidate.username === user);
      if (caller === undefined) throw notFound("User");
      return { status: 200, json: renderUser(caller) };
    },
  },
  {
    method: "GET",
    path: "/users/:username/",
    handle: ({ store, params }) => {
      const found = store.site.users.find((candidate) => candidate.username === params["username"]);
      if (found === undefined) throw notFound("User");
      return { status: 200, json: renderUser(found) };
    },
  },
];
