import { type SettingValue, settingValueSchema } from "./site-types";
import type { Transport } from "./transport";

/** MAAS's settings, one by one: there is no list with values. */
export class Settings {
  private readonly known = new Map<string, Promise<SettingValue>>();

  constructor(private readonly transport: Transport) {}

  /** A setting's value. @throws ApiError 400 naming the valid settings for an unknown name. */
  async get(name: string): Promise<SettingValue> {
    const asked =
      this.known.get(name) ??
      this.transport.json({ method: "GET", path: "maas/", query: { op: "get_config", name } }, settingValueSchema);
    this.known.set(name, asked);
    asked.catch(() => {
      if (this.known.get(name) === asked) this.known.delete(name);
    });
    return asked;
  }

  /** Makes the next reader ask again. */
  forget(): void {
    this.known.clear();
  }

  /** Sets a setting; the same value twice is the same. */
  async set(name: string, value: SettingValue): Promise<void> {
    try {
      await this.transport.send({
        method: "POST",
        path: "maas/",
        query: { op: "set_config" },
        form: { name, value },
        repeatable: true,
      });
    } finally {
      // Afterwards: what was read while the write was under way may be the previous value.
      this.known.delete(name);
    }
  }
}
