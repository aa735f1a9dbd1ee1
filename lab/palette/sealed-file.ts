import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { isObject } from "./json";
import { readJsonFile, writeJsonFile } from "../json-file";

const CIPHER = "aes-256-gcm";

/**
 * A JSON file whose content is encrypted, written whole or not at all: the state holds cloud account keys, kubeconfigs and
 * storage credentials, which are to be in no file in clear. Whoever has the simulator's API key can open it.
 */
export class SealedFile {
  private readonly key: Buffer;

  constructor(
    readonly path: string,
    secret: string,
  ) {
    this.key = Buffer.from(hkdfSync("sha256", secret, "", "palette simulator state", 32));
  }

  /** Encrypts and writes a JSON text. */
  write(json: string): void {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(CIPHER, this.key, nonce);
    const sealed = Buffer.concat([cipher.update(json, "utf8"), cipher.final()]);
    writeJsonFile(this.path, {
      cipher: CIPHER,
      nonce: nonce.toString("base64"),
      tag: cipher.getAuthTag().toString("base64"),
      sealed: sealed.toString("base64"),
    });
  }

  /**
   * The value last written, or undefined when there is no file.
   * @throws Error naming the file when it was written with another API key or is damaged.
   */
  read(): unknown {
    const envelope = readJsonFile(this.path);
    if (envelope === undefined) return undefined;
    try {
      const decipher = createDecipheriv(CIPHER, this.key, part(envelope, "nonce"));
      decipher.setAuthTag(part(envelope, "tag"));
      const text = Buffer.concat([decipher.update(part(envelope, "sealed")), decipher.final()]);
      return JSON.parse(text.toString("utf8")) as unknown;
    } catch (error) {
      throw new Error(
        `${this.path}: the Palette simulator's state cannot be opened (written with another API key, or damaged); ` +
          "remove it, or reset the lab with `npm run lab -- reset`",
        { cause: error },
      );
    }
  }
}

function part(envelope: unknown, name: string): Buffer {
  const value = isObject(envelope) ? envelope[name] : undefined;
  if (typeof value !== "string") throw new Error(`no ${name}`);
  return Buffer.from(value, "base64");
}
