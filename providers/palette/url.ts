import { InputError } from "../dynamic/errors";

/** The config key that holds Palette's address. */
export const urlKey = "vmo-metal:datacenter palette.url";

/**
 * The address of a Palette as it is kept and compared: scheme and host, without a path. A bare host name is taken for https.
 *
 * @throws InputError for what is no http(s) URL or holds credentials.
 */
export function paletteUrl(text: string): string {
  const trimmed = text.trim();
  const url = parse(/^[a-z]+:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new InputError(
      `palette.url "${trimmed.replace(/\/\/[^/@]*@/, "//[hidden]@")}" must be a host name or an http(s) URL such as https://api.spectrocloud.com.`,
      urlKey,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new InputError("palette.url must not hold credentials; the API key is a secret of its own.", urlKey);
  }
  return `${url.protocol}//${url.host}`;
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
