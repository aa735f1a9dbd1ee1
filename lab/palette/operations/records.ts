import { NO_CONTENT, ok } from "../http/answer";
import type { Call } from "../http/call";
import { param } from "../http/call";
import { forbidden, notFound } from "../http/error";
import { page } from "../http/paging";
import type { Route } from "../http/router";
import { clusterOf } from "../clusters/find";
import type { JsonObject } from "../json";
import { metadataOf } from "../metadata";
import type { Audit, ComponentEvent, Notification } from "../model/record";

function eventView(event: ComponentEvent, clusterName: string): JsonObject {
  const cluster = { kind: "spectrocluster", name: clusterName, uid: event.clusterUid };
  return {
    metadata: metadataOf({ uid: event.uid, name: event.uid, createdAt: event.createdAt }),
    message: event.message,
    reason: event.reason,
    severity: event.severity,
    involvedObject: cluster,
    relatedObject: cluster,
    source: { component: event.component, host: "" },
  };
}

function notificationView(notification: Notification): JsonObject {
  return {
    metadata: metadataOf({ uid: notification.uid, name: notification.uid, createdAt: notification.createdAt }),
    type: "NotificationPackUpdate",
    relatedObject: { kind: notification.objectKind, name: notification.objectName, uid: notification.objectUid },
    source: { component: "palette" },
    action: {
      ack: notification.ack,
      isDone: notification.isDone,
      isInfo: false,
      actionType: "NotifyActionClusterProfileUpdate",
      actionMessage: notification.message,
      link: "",
      events: null,
    },
  };
}

function auditView(call: Call, audit: Audit): JsonObject {
  const { tenant, projects } = call.palette.state;
  const project = projects.find((each) => each.uid === audit.projectUid);
  return {
    metadata: metadataOf({ uid: audit.uid, name: audit.uid, createdAt: audit.createdAt }),
    spec: {
      actionMsg: audit.message,
      actionType: audit.actionType,
      contentMsg: "",
      userMsg: "",
      actor: {
        actorType: "user",
        project: project ? { name: project.name, uid: project.uid } : null,
        serviceName: "",
        user: { ...tenant.user, org: tenant.name },
      },
      resource: { kind: audit.resource.kind, label: "", name: "", uid: audit.resource.uid },
    },
  };
}

function noticeOf(call: Call): Notification {
  const uid = param(call, "uid");
  const notification = call.palette.state.notifications.find((each) => each.uid === uid);
  if (!notification) throw notFound("notification", uid);
  return notification;
}

// The newest first, unless the oldest are asked for.
function ordered<Item extends { createdAt: number }>(call: Call, items: readonly Item[]): Item[] {
  const oldestFirst = (call.query.get("orderBy") ?? "").endsWith("creationTimestamp=1");
  return oldestFirst ? [...items] : [...items].reverse();
}

/** Events, notifications and audits. */
export const recordRoutes: Route[] = [
  {
    verb: "GET",
    path: "/v1/events/components/{objectKind}/{objectUid}",
    scope: "project",
    permission: "event.list",
    handle(call) {
      const [kind, uid] = [param(call, "objectKind"), param(call, "objectUid")];
      if (kind !== "spectrocluster") throw notFound(kind, uid);
      const cluster = clusterOf(call, "event.list", uid);
      const events = call.palette.state.events.filter((event) => event.clusterUid === cluster.uid);
      return ok(
        page(
          ordered(call, events).map((event) => eventView(event, cluster.name)),
          call.query,
        ),
      );
    },
  },
  {
    verb: "GET",
    path: "/v1/notifications/{objectKind}/{objectUid}",
    scope: "any",
    permission: "notification.list",
    handle(call) {
      const [kind, uid] = [param(call, "objectKind"), param(call, "objectUid")];
      const done = call.query.get("isDone");
      const notifications = call.palette.state.notifications.filter(
        (each) =>
          each.objectKind === kind && each.objectUid === uid && (done === null || each.isDone === (done === "true")),
      );
      return ok(page(ordered(call, notifications).map(notificationView), call.query));
    },
  },
  ...(["ack", "done"] as const).map((what): Route => ({
    verb: "PATCH",
    path: `/v1/notifications/{uid}/${what}`,
    scope: "any",
    permission: "notification.update",
    handle(call) {
      const notification = noticeOf(call);
      if (what === "ack") notification.ack = true;
      else notification.isDone = true;
      return NO_CONTENT;
    },
  })),
  {
    verb: "GET",
    path: "/v1/audits",
    scope: "any",
    permission: "audit.list",
    handle(call) {
      const { query } = call;
      const wanted = (name: string, value: string): boolean => !query.get(name) || query.get(name) === value;
      const [from, until] = ["startTime", "endTime"].map((name) => Date.parse(query.get(name) ?? ""));
      const audits = call.palette.state.audits.filter(
        (audit) =>
          (call.projectUid === undefined || audit.projectUid === call.projectUid) &&
          wanted("projectUid", audit.projectUid) &&
          wanted("resourceKind", audit.resource.kind) &&
          wanted("resourceUid", audit.resource.uid) &&
          wanted("actionType", audit.actionType) &&
          !(audit.createdAt < (from ?? NaN)) &&
          !(audit.createdAt > (until ?? NaN)),
      );
      return ok(
        page(
          ordered(call, audits).map((audit) => auditView(call, audit)),
          query,
        ),
      );
    },
  },
  {
    verb: "GET",
    path: "/v1/audits/{uid}",
    scope: "any",
    permission: "audit.get",
    handle(call) {
      const uid = param(call, "uid");
      const audit = call.palette.state.audits.find((each) => each.uid === uid);
      if (!audit) throw notFound("audit", uid);
      if (call.projectUid !== undefined && audit.projectUid !== call.projectUid) throw forbidden("audit.get");
      return ok(auditView(call, audit));
    },
  },
];
