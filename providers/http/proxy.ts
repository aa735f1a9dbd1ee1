/**
 * The environment variable whose proxy requests to an address go through, and the proxy; undefined when none applies. Loopback addresses never
 * use one.
 */
export function environmentProxy(
  url: string,
  environment: NodeJS.ProcessEnv = process.env,
): { readonly variable: string; readonly proxy: string } | undefined {
  const { protocol, hostname, port } = new URL(url);
  if (/^(127\.|localhost$|\[::1\]$)/.test(hostname)) return undefined;
  const scheme = protocol.replace(":", "");
  const excluded = (environment["no_proxy"] ?? environment["NO_PROXY"] ?? "").split(/[\s,]+/);
  if (excluded.some((entry) => excludes(entry, hostname, port || (scheme === "https" ? "443" : "80"))))
    return undefined;
  const variable = [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`, "all_proxy", "ALL_PROXY"].find(
    (name) => (environment[name] ?? "") !== "",
  );
  return variable === undefined ? undefined : { variable, proxy: withoutLogin(environment[variable] ?? "") };
}

/** A NO_PROXY entry: `*`, a host, a domain suffix (`.example.test`, `*.example.test`), each with an optional port. */
function excludes(entry: string, hostname: string, port: string): boolean {
  if (entry === "*") return true;
  const [, name = "", onlyPort] = /^(.+?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  if (name === "" || (onlyPort !== undefined && onlyPort !== port)) return false;
  const suffix = name.replace(/^\*/, "");
  return suffix.startsWith(".") ? hostname.endsWith(suffix) : hostname === suffix;
}

function withoutLogin(proxy: string): string {
  return proxy.replace(/\/\/[^@/]*@/, "//");
}
