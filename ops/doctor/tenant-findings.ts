import type {
  ProjectSurvey,
  Reading,
  SurveyedProfile,
  TenantSurvey,
} from "../../providers/palette/look-ups/tenant-survey";
import type { Datacenter } from "../../stacks/description/datacenter";
import { fullPath } from "../../stacks/description/problem";
import type { SiteRule } from "../../stacks/preflight/rule";
import { clusterStays, gatewayRunning, projectFound } from "../../stacks/preflight/site/palette";
import { registryFindings } from "./registry-findings";
import { type Finding, finding } from "./finding";

/** How long the user's keys must be valid. */
const week = 7 * 24 * 3600 * 1000;

/** What an `up` writes in a project: whether the key may, only the writes themselves show. */
const writes = [
  "create and change cloud accounts",
  "import, change and publish cluster profiles",
  "create, change, repave and delete clusters, and download their admin kubeconfig",
];

/**
 * What was found of a tenant, each row with its outcome, in the order in which an `up` depends on it. Pure.
 *
 * @param now milliseconds since 1970
 */
export function tenantFindings(datacenter: Datacenter, survey: TenantSurvey, now: number): Finding[] {
  const { projects, project } = survey;
  if (!projects.ok) return [unreadable("PAL001", fullPath("palette.url"), "the projects", projects)];
  const organisation = survey.organisation.ok ? ` of organisation "${survey.organisation.value}"` : "";
  const accepted = `the API key${organisation} is accepted; it sees the projects ${[...projects.value].sort().join(", ") || "(none)"}`;
  return [
    finding("ok", "PAL001", fullPath("palette.url"), accepted),
    keyExpiry(survey.keyExpiries, now),
    ...(project === null
      ? byRule(projectFound, datacenter, survey, { path: "palette.project", message: "" })
      : projectFindings(datacenter, survey, project)),
  ];
}

function projectFindings(datacenter: Datacenter, survey: TenantSurvey, project: ProjectSurvey): Finding[] {
  const name = datacenter.palette?.project ?? "";
  const { disabled, gateways, clusterState } = project;
  const rows = [
    ...byRule(projectFound, datacenter, survey, { path: "palette.project", message: `project "${name}" is there` }),
    disabledRow(name, disabled),
    ...(gateways.ok
      ? byRule(gatewayRunning, datacenter, survey, {
          path: "palette.gateway",
          message: `gateway "${datacenter.palette?.gateway ?? ""}" is running`,
        })
      : [unreadable("PAL009", fullPath("palette.gateway"), "the private cloud gateways", gateways)]),
    ...maasRows(project),
    ...accountRows(datacenter, project),
    ...registryRows(project),
    ...project.profiles.flatMap(profileRows),
    ...clusterRows(datacenter, survey, clusterState),
  ];
  return [...rows, ...writes.map((what) => unchecked("PAL010", fullPath("palette"), `whether the key may ${what}`))];
}

function keyExpiry(expiries: Reading<readonly string[]>, now: number): Finding {
  const where = fullPath("palette");
  if (!expiries.ok) return unchecked("PAL002", where, "when the API key expires", expiries.reason);
  const [soonest] = [...expiries.value].sort((one, other) => Date.parse(one) - Date.parse(other));
  if (soonest === undefined || Date.parse(soonest) - now > week) {
    const when = soonest === undefined ? "no key of the user expires" : `no key of the user expires before ${soonest}`;
    return finding("ok", "PAL002", where, when);
  }
  const fix = "Make another key in Palette and set it, if it is this one.";
  return finding("warning", "PAL002", where, `an active API key of the user expires at ${soonest}`, fix);
}

function disabledRow(name: string, disabled: Reading<boolean>): Finding {
  const where = fullPath("palette.project");
  if (!disabled.ok) return unchecked("PAL003", where, `whether project "${name}" is disabled`, disabled.reason);
  return disabled.value
    ? finding(
        "error",
        "PAL003",
        where,
        `project "${name}" is disabled`,
        "Enable it in Palette: Tenant Settings, Projects.",
      )
    : finding("ok", "PAL003", where, `project "${name}" is enabled`);
}

function maasRows({ account, maas }: ProjectSurvey): Finding[] {
  if (account === null) return [];
  const where = fullPath("palette.account.maasUrl");
  if (maas === null) {
    const why = "it needs a running gateway, and the account or --validate-account";
    return [unchecked("PAL004", where, "whether Palette reaches MAAS", why)];
  }
  if (!maas.ok) return [unreadable("PAL004", where, "MAAS by way of Palette", maas)];
  return maas.value === null
    ? [finding("ok", "PAL004", where, "Palette reaches MAAS, which accepts the key")]
    : [
        finding(
          "error",
          "PAL004",
          where,
          maas.value,
          "See what the gateway's host reaches, and whether the MAAS key is valid.",
        ),
      ];
}

function accountRows({ palette }: Datacenter, { account }: ProjectSurvey): Finding[] {
  if (account === null || palette === null) return [];
  const where = fullPath("palette.account");
  const { name } = palette.account;
  if (!account.ok) return [unreadable("PAL009", where, "the cloud accounts", account)];
  if (account.value === null)
    return [finding("ok", "PAL005", where, `cloud account "${name}" is not there yet: up creates it`)];
  const { refusal } = account.value;
  if (refusal === null) return [finding("ok", "PAL005", where, `cloud account "${name}" is there and can be used`)];
  return [finding("error", "PAL005", where, refusal, "")];
}

function registryRows({ registries, profiles }: ProjectSurvey): Finding[] {
  if (!registries.ok) return [unreadable("PAL009", fullPath("palette"), "the registries", registries)];
  const packs = profiles.flatMap((profile) => (profile.packs.ok ? profile.packs.value : []));
  return registryFindings(registries.value, packs);
}

function profileRows({ name, version, imported, packs }: SurveyedProfile): Finding[] {
  const where = `profile ${name} ${version}`;
  if (!packs.ok) return [unreadable("PAL009", where, "its packs", packs)];
  if (!imported.ok) return [unreadable("PAL009", where, "the cluster profiles", imported)];
  const there = imported.value;
  return [
    finding("ok", "PAL008", where, there ? "is in Palette already: up compares it" : "is not there yet: up imports it"),
    ...packs.value.map(({ pack, tag, version: resolved, problem }) => {
      const layer = `${where}, layer ${pack}`;
      if (problem === null) return finding("ok", "PAL007", layer, `${tag} is version ${resolved ?? tag}`);
      // A version that Palette has is used as it is, whatever the registries hold today.
      return finding(there ? "warning" : "error", "PAL007", layer, problem, "");
    }),
  ];
}

function clusterRows(datacenter: Datacenter, survey: TenantSurvey, state: ProjectSurvey["clusterState"]): Finding[] {
  if (state === null) return [];
  if (!state.ok) return [unreadable("PAL009", fullPath("cluster.name"), "the clusters", state)];
  const name = datacenter.cluster?.name ?? "";
  const message =
    state.value === null ? `cluster "${name}" is not there yet: up creates it` : `cluster "${name}" is ${state.value}`;
  return byRule(clusterStays, datacenter, survey, { path: "cluster.name", message });
}

/** The rows of a rule of the preflight, or one that it holds. */
function byRule(
  rule: SiteRule,
  datacenter: Datacenter,
  { projects, project }: TenantSurvey,
  ok: { path: string; message: string },
): Finding[] {
  const palette = {
    projects: projects.ok ? projects.value : [],
    gateways: project?.gateways.ok === true ? project.gateways.value : [],
    clusterState: project?.clusterState?.ok === true ? project.clusterState.value : null,
  };
  const hits = rule.checkSite(datacenter, { maas: null, palette });
  const rows = hits.map(({ path, message, fix }) => finding(rule.severity, rule.code, fullPath(path), message, fix));
  return rows.length > 0 ? rows : [finding("ok", rule.code, fullPath(ok.path), ok.message)];
}

function unchecked(code: string, where: string, what: string, reason?: string): Finding {
  const why = reason ?? "no request that only reads tells";
  return finding("unchecked", code, where, `${what} is not known: ${why}`, "");
}

/** A row for what the key may not read, or Palette could not answer. */
function unreadable(
  code: string,
  where: string,
  what: string,
  failed: Extract<Reading<unknown>, { ok: false }>,
): Finding {
  const fix =
    failed.cause === "forbidden"
      ? "Give the key's user a role in the project that may read it, such as Project Admin."
      : "";
  return finding("error", code, where, `${what} cannot be read: ${failed.reason}`, fix);
}
