import { Form } from "../server/form";
import type { JsonValue } from "../json";
import type { Store } from "../store";
import { TextParameters } from "../server/text-parameters";
import { normaliseAddress } from "./address";
import { hostnameError, labelsError } from "./domain-names";
import { notAnAddress, splitAddresses } from "./ip-list";
import type { SettingDefinition } from "./setting-definitions";
import { setting } from "./settings";

/** Ports that MAAS itself listens on. */
const OWN_PORTS = { first: 5240, last: 5270 };

function portError(name: string, port: number): string | undefined {
  if (name === "maas_syslog_port" && port === 5247) return undefined;
  if (port > 65535 || port <= 0) return "Unable to change port number. Port number is not between 0 - 65535.";
  if (port <= 1023) return "Unable to change port number. Port number is reserved for system services.";
  const own = port >= OWN_PORTS.first && port <= OWN_PORTS.last;
  return own ? "Unable to change port number. Port number is reserved for MAAS services." : undefined;
}

function hostError(host: string): string | undefined {
  if (/^[\d.]+$/.test(host) || host.includes(":")) {
    return normaliseAddress(host) === undefined ? `Failed to detect a valid IP address from '${host}'.` : undefined;
  }
  const error = hostnameError(host) ?? labelsError(host);
  return error === undefined ? undefined : `Invalid hostname: ${error}`;
}

/** Releases of Ubuntu of which an image is there, ordered by title. */
function imageSeries(store: Store): string[] {
  const images = [...store.site.bootResources].sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
  const series = images.flatMap(({ name }) => (name.startsWith("ubuntu/") ? [name.slice("ubuntu/".length)] : []));
  return [...new Set(series)];
}

function offered(store: Store, definition: SettingDefinition): { what: string; choices: string[] } {
  if (definition.kind === "osystem") {
    const systems = store.site.bootResources.map(({ name }) => name.split("/")[0] ?? "");
    return { what: "osystem", choices: [...new Set(systems)] };
  }
  const series = imageSeries(store);
  if (definition.kind === "series") return { what: "release", choices: series };
  const current = setting(store, "commissioning_distro_series");
  const choices = typeof current !== "string" || series.includes(current) ? series : [current, ...series];
  return { what: "commissioning_distro_series", choices };
}

/** Reads a setting's text into its value; an error is noted at the setting's name. */
class SettingReader {
  private readonly form: Form;

  constructor(
    private readonly store: Store,
    private readonly definition: SettingDefinition,
    private readonly sent: string,
  ) {
    this.form = new Form(new TextParameters([[definition.name, sent]]), false);
  }

  read(): JsonValue {
    const value = this.parse();
    this.form.finish();
    return value;
  }

  private fail(text: string): null {
    this.form.add(this.definition.name, text);
    return null;
  }

  private parse(): JsonValue {
    const { name, kind } = this.definition;
    const text = this.sent.trim();
    switch (kind) {
      case "flag":
        return this.form.checkbox(name) ?? false;
      case "text":
        return text;
      case "required-text":
        return this.form.required(name) ?? null;
      case "integer":
        return this.integer();
      case "port":
        return this.port();
      case "url":
        return this.url(text);
      case "addresses":
        return this.addresses(text);
      case "hosts":
        return this.hosts(text);
      case "syslog":
        return text === "" ? null : /:\d+$/.test(text) ? text : `${text}:514`;
      case "choice":
        return this.choice(text, this.definition.choices ?? [], this.definition.invalidChoice);
      case "list":
        return text === "" ? [] : this.fail("Enter a list of values.");
      case "kernel":
        return this.kernel(text);
      case "series":
      case "osystem":
      case "commissioning-series": {
        const { what, choices } = offered(this.store, this.definition);
        const list = choices.map((choice) => `'${choice}'`).join(", ");
        return this.choice(text, choices, `'%' is not a valid ${what}.  It should be one of: ${list}.`);
      }
    }
  }

  private integer(): number | null {
    const { name, min, max } = this.definition;
    return this.form.integer(name, { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }) ?? null;
  }

  private port(): number | null {
    const port = this.integer();
    const error = port === null ? undefined : portError(this.definition.name, port);
    return error === undefined ? port : this.fail(error);
  }

  private url(text: string): string | null {
    if (text === "") return "";
    const full = text.includes("://") ? text : `http://${text}`;
    const valid = /^(https?|ftps?):\/\/[^\s/]+(\/\S*)?$/i.test(full) && URL.canParse(full);
    return valid ? full : this.fail("Enter a valid URL.");
  }

  private addresses(text: string): string | null {
    const { addresses, bad } = splitAddresses(text);
    return bad === undefined ? addresses.join(" ") : this.fail(notAnAddress(bad));
  }

  private hosts(text: string): string | null {
    const hosts = text.split(/[,\s]+/).filter((host) => host !== "");
    const error = hosts.map(hostError).find((found) => found !== undefined);
    return error === undefined ? hosts.map((host) => normaliseAddress(host) ?? host).join(" ") : this.fail(error);
  }

  private choice(text: string, choices: readonly string[], invalid?: string): string | null {
    if (text === "" && this.definition.required === true) return this.fail("This field is required.");
    if (text === "" || choices.includes(text)) return text;
    const usual = `Select a valid choice. ${text} is not one of the available choices.`;
    return this.fail(invalid === undefined ? usual : invalid.replace("%", text));
  }

  private kernel(text: string): string | null {
    if (text === "" || /^(hwe|ga)-\d\d\.\d\d(-edge|-lowlatency)?$/.test(text)) return text;
    return this.fail(`'${text}' is not a valid default_min_hwe_kernel.  It should be one of: ''.`);
  }
}

/** The value that a setting gets from a text, or a refusal with the texts of the real server. */
export function readSetting(store: Store, definition: SettingDefinition, sent: string): JsonValue {
  return new SettingReader(store, definition, sent).read();
}
