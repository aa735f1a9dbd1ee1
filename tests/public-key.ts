/** A well-formed public SSH key that nobody has the other half of; without a comment. */
export const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGEga2V5IHRoYXQgb25seSB0aGUgdGVzdHMgaG9sZCEh";
