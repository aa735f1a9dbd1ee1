import type { KubernetesClient, KubernetesObject, ReviewedAction } from "../../providers/kubernetes/kubernetes-client";

/**
 * Reads of one run, each sent once: the checks of every template on every network in every namespace refer to the same few objects, and ask for the
 * same rights.
 */
export class ClusterReads {
  private readonly found = new Map<string, Promise<KubernetesObject | undefined>>();
  private readonly lists = new Map<string, Promise<KubernetesObject[]>>();
  private readonly rights = new Map<string, Promise<boolean>>();

  constructor(private readonly client: Pick<KubernetesClient, "find" | "list" | "allows">) {}

  /** One object; undefined when it, or its kind, is not there. @throws ApiError */
  find(path: string): Promise<KubernetesObject | undefined> {
    return once(this.found, path, () => this.client.find(path));
  }

  /** All objects of a collection; none when the kind is not there. @throws ApiError */
  list(path: string): Promise<KubernetesObject[]> {
    return once(this.lists, path, () => this.client.list(path));
  }

  /** Whether a user may do something. @throws ApiError */
  allows(user: string, action: ReviewedAction): Promise<boolean> {
    return once(this.rights, JSON.stringify([user, action]), () => this.client.allows(user, action));
  }
}

function once<Answer>(sent: Map<string, Promise<Answer>>, key: string, send: () => Promise<Answer>): Promise<Answer> {
  const answer = sent.get(key) ?? send();
  sent.set(key, answer);
  return answer;
}
