import { lineProblem } from "./plain-text";

/** Types of public keys that OpenSSH takes in `authorized_keys`. */
const KEY_TYPES = [
  "ssh-ed25519",
  "ssh-rsa",
  "ssh-dss",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "sk-ssh-ed25519@openssh.com",
  "sk-ecdsa-sha2-nistp256@openssh.com",
];

/** Why a text is no public SSH key: one line with a type, the key in base64, which begins with the same type, and perhaps a comment. */
export function sshKeyProblem(text: string): string | undefined {
  if (/PRIVATE KEY/.test(text))
    return "is a private key, which belongs nowhere here: give the line of the id_*.pub file";
  const line = lineProblem(text);
  if (line !== undefined) return line;
  const [type = "", key = ""] = text.split(/ +/);
  if (!KEY_TYPES.includes(type))
    return `is not a public SSH key: it is the line of an id_*.pub file and begins with ${KEY_TYPES.slice(0, 2).join(", ")} or another type of OpenSSH`;
  const bytes = Buffer.from(key, "base64");
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(key) && bytes.toString("base64") === key;
  const length = bytes.length > 4 ? bytes.readUInt32BE(0) : 0;
  return isBase64 && bytes.length > 4 + length && bytes.subarray(4, 4 + length).toString("latin1") === type
    ? undefined
    : `is not a whole public SSH key of the type ${type}: copy the line of the id_*.pub file again`;
}
