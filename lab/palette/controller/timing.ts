/** How long steps take in life, in seconds. What MAAS and Kubernetes really do comes on top. */
export const LIFE_SECONDS = {
  /** A new cluster stays Pending. */
  pending: 20,
  /** Finding the operating system image. */
  image: 40,
  /** Preparing the first control plane node. */
  bootstrap: 60,
  /** A deployed machine becomes a node. */
  join: 60,
  /** A node is drained before its machine is released. */
  drain: 60,
  /** One layer is installed. */
  layer: 25,
  /** From the last layer to the first good health report. */
  health: 30,
  /** Changed profiles are downloaded. */
  download: 15,
  /** Each step of a maintenance. */
  maintenance: 20,
  /** Between two looks at MAAS. */
  poll: 20,
  /** Between two attempts to get a machine. */
  retry: 30,
  /** A deleted cluster stays readable. */
  retention: 72 * 3600,
  /** Between two rounds of the controller. */
  round: 4,
} as const;
