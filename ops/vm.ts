import { readFileSync } from "node:fs";
import { join } from "node:path";
import { visible, visibleLine } from "../text/visible";
import { kubeconfigAccess } from "../providers/kubernetes/kubeconfig-access";
import { KubernetesClient } from "../providers/kubernetes/kubernetes-client";
import { readCommandLine } from "./command-line";
import { runCommand } from "./run-command";
import { stackNamed } from "./stack-name";
import { checkTemplate, machineNamespaces, networkNames, templateNames, type Check } from "./vm/check-template";
import { ClusterReads } from "./vm/cluster-reads";
import { stackKubeconfig } from "./vm/stack-kubeconfig";

const help = `npm run vm -- check [--template NAME] [--network NAME] [--namespace NAME] [--stack NAME | --kubeconfig FILE]
  Makes a virtual machine from a template on a network, has our rules and the cluster's API server judge it, and keeps
  nothing. Without --template or --network: every template on every network that stacks of ours made.
  --template    a VmTemplate
  --network     a NetworkAttachmentDefinition, as name or namespace/name, or "pod"
  --namespace   where the virtual machine would run; default every namespace with first-boot configuration of ours
  --stack       the stack whose cluster is asked; default PULUMI_STACK, else dev (the lab)
  --kubeconfig  a kubeconfig instead of a stack's
Exit code: 0 when all would be taken, 1 when not, 2 when the command cannot be carried out.`;

/** The command behind `npm run vm`. @returns the exit code */
async function vm(args: readonly string[]): Promise<number> {
  const { values, positionals } = readCommandLine(help, {
    args: [...args],
    allowPositionals: true,
    options: {
      template: { type: "string" },
      network: { type: "string" },
      namespace: { type: "string" },
      stack: { type: "string", short: "s" },
      kubeconfig: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || positionals[0] !== "check" || positionals.length > 1) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const kubeconfig =
    values.kubeconfig === undefined
      ? await stackKubeconfig(join(__dirname, ".."), stackNamed(values.stack))
      : readFileSync(values.kubeconfig, "utf8");
  const client = new KubernetesClient(kubeconfigAccess(kubeconfig));
  const reads = new ClusterReads(client);
  const templates = values.template === undefined ? await templateNames(reads) : [values.template];
  const networks = values.network === undefined ? await networkNames(reads) : [values.network];
  const namespaces = values.namespace === undefined ? await machineNamespaces(client) : [values.namespace];
  const checks = namespaces.flatMap((namespace) =>
    templates.flatMap((template) => networks.map((network): Check => ({ template, network, namespace }))),
  );
  let wrong = 0;
  for (const check of checks) {
    const { problems } = await checkTemplate(client, reads, check);
    wrong += problems.length;
    console.log(
      visibleLine(
        `${problems.length === 0 ? "ok " : "NOT"}  ${check.template} on ${check.network} in ${check.namespace}`,
      ),
    );
    for (const problem of problems) console.log(visible(`       ${problem}`));
  }
  console.log(`${checks.length} checked: ${wrong} errors`);
  if (checks.length === 0)
    console.log("No stack of ours made a template, a network, or first-boot configuration in this cluster.");
  return wrong === 0 && checks.length > 0 ? 0 : 1;
}

runCommand(vm, 2);
