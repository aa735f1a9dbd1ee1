import { InputError } from "../dynamic/errors";

/** The config key that holds MAAS's address. */
export const urlKey = "vmo-metal:datacenter maas.url";

/**
 * The address of a MAAS as it is kept and compared: `http://maas.example.test:5240/MAAS`, without `/api/2.0`, a trailing slash or a
 * default port.
 *
 * @throws InputError for what is no http(s) URL or holds credentials.
 */
export function maasUrl(text: string): string {
  const url = parse(text);
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new InputError(
      `maas.url "${withoutCredentials(text)}" must be an http or https URL such as http://maas.example.test:5240/MAAS.`,
      urlKey,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new InputError("maas.url must not hold credentials; the API key is a secret of its own.", urlKey);
  }
  const path = url.pathname.replace(/\/+$/, "").replace(/\/api(\/2\.0)?$/, "");
  return `${url.protocol}//${url.host}${path === "" ? "/MAAS" : path}`;
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text.trim());
  } catch {
    return undefined;
  }
}

function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/@]*@/, "//[hidden]@");
}
