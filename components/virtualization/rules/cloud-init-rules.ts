import { parse } from "yaml";
import { z } from "zod";

/** Lists that cloud-init takes with an item at least, as its JSON schema says. */
const some = <Item extends z.ZodType>(item: Item) => z.array(item).min(1, { error: "must not be empty: leave it out" });

const command = z.union([z.string(), some(z.string())]);

/** A login of `users`; cloud-init refuses members that it does not know. */
const user = z.strictObject({
  name: z.string().min(1).max(32, { error: "must have at most 32 characters, as a login of Linux" }),
  groups: z.union([z.string(), some(z.string())]).optional(),
  shell: z.string().optional(),
  sudo: z.union([z.string(), some(z.string()), z.null()]).optional(),
  lock_passwd: z.boolean().optional(),
  plain_text_passwd: z.string().optional(),
  ssh_authorized_keys: some(z.string().min(1)).optional(),
});

/** The members of cloud-init's published schema (cloud-config) that user data of ours has. */
const cloudConfig = z.strictObject({
  users: some(user),
  ssh_pwauth: z.boolean().optional(),
  package_update: z.boolean().optional(),
  packages: some(z.string()).optional(),
  runcmd: some(command).optional(),
});

/** What cloud-init would refuse or ignore in user data of ours, one line each. Pure. */
export function cloudInitProblems(userData: string): string[] {
  const [first = "", ...lines] = userData.split("\n");
  if (first !== "#cloud-config") return ["userdata: must begin with the line #cloud-config, or cloud-init ignores it"];
  const result = cloudConfig.safeParse(parse(lines.join("\n"), { version: "1.1" }));
  return result.success
    ? []
    : result.error.issues.map(({ path, message }) => `userdata: ${path.map(String).join(".")}: ${message}`);
}
