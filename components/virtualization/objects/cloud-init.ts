import { yamlText } from "../../../profiles/render/yaml-text";

/** Where lines of user data are folded: Secrets of earlier versions have the same bytes. */
const lineWidth = 80;

/** What a Linux VM is told at first boot. */
export interface CloudInitArgs {
  /** The login that is created, with sudo. */
  user: string;
  /** Public keys that may log in. */
  sshKeys: readonly string[];
  /** Password of the login; absent: none, keys only. */
  password?: string | undefined;
}

/**
 * cloud-init user data. It is kept in a Secret: KubeVirt refuses inline user data above 2048 bytes, and a template must not show a password.
 */
export function cloudInitUserData(args: CloudInitArgs): string {
  const login = {
    name: args.user,
    groups: "sudo",
    shell: "/bin/bash",
    sudo: "ALL=(ALL) NOPASSWD:ALL",
    lock_passwd: args.password === undefined,
    ...(args.password === undefined ? {} : { plain_text_passwd: args.password }),
    // cloud-init's schema refuses an empty list.
    ...(args.sshKeys.length === 0 ? {} : { ssh_authorized_keys: [...args.sshKeys] }),
  };
  const data = {
    users: [login],
    ssh_pwauth: args.password !== undefined,
    package_update: true,
    packages: ["qemu-guest-agent"],
    runcmd: [["systemctl", "enable", "--now", "qemu-guest-agent"]],
  };
  return `#cloud-config\n${yamlText(data, lineWidth)}`;
}
