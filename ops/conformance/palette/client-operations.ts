import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { pathsOf, readSources, type Source } from "./source-paths";

/** An operation that the client can call. */
export interface ClientOperation {
  readonly method: string;
  /** With `{}` for each segment that is known at run time only. */
  readonly path: string;
  /** Where the call stands: `file:line`. */
  readonly where: string;
}

/** Methods of the client that are given a path first, and what they send. */
const byPath: Readonly<Record<string, string>> = { get: "GET", list: "GET", download: "GET", search: "POST" };

/**
 * Every operation that the sources in a folder call, read from the sources themselves, so that none is forgotten: calls of the client with a path, and
 * requests with a method and a path.
 *
 * @throws Error naming a call whose path cannot be read from the source
 */
export function clientOperations(project: string, folder: string): ClientOperation[] {
  const files = readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(project, folder, name));
  const sources = readSources(files);
  const found = [...sources.values()].flatMap((source) => operationsIn(source, sources, project));
  const unique = new Map(found.map((operation) => [`${operation.method} ${operation.path}`, operation]));
  return [...unique.values()].sort((one, other) => (name(one) < name(other) ? -1 : 1));
}

/** Method and path in one text. */
export function name({ method, path }: Pick<ClientOperation, "method" | "path">): string {
  return `${method} ${path}`;
}

/** Whether a request is one of an operation. */
export function isOf({ method, path }: ClientOperation, request: { method: string; path: string }): boolean {
  const pattern = path.split("/");
  const segments = request.path.split("/");
  return (
    method === request.method &&
    pattern.length === segments.length &&
    pattern.every((part, index) => part === "{}" || part === segments[index])
  );
}

function operationsIn(source: Source, sources: ReadonlyMap<string, Source>, project: string): ClientOperation[] {
  const { file } = source;
  const found: ClientOperation[] = [];
  const add = (method: string, path: ts.Expression): void => {
    const line = file.getLineAndCharacterOfPosition(path.getStart()).line + 1;
    const where = `${relative(project, file.fileName)}:${line}`;
    for (const one of pathsOf(path, source, sources)) {
      if (one === "{}" && isPassedOn(path)) continue;
      if (!one.startsWith("/v1/")) throw new Error(`${where}: the path ${one} cannot be read from the source`);
      found.push({ method, path: one, where });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) visitCall(node, add);
    if (ts.isObjectLiteralExpression(node)) visitRequest(node, add);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Whether a path is one that a method of a class, the client itself, was given. */
function isPassedOn(path: ts.Node): boolean {
  for (let node: ts.Node | undefined = path; node !== undefined; node = node.parent)
    if (ts.isClassDeclaration(node)) return true;
  return false;
}

function visitCall(
  { expression, arguments: [first] }: ts.CallExpression,
  add: (method: string, path: ts.Expression) => void,
): void {
  if (!ts.isPropertyAccessExpression(expression) || first === undefined) return;
  if (!/(^|\.)client$/.test(expression.expression.getText())) return;
  const method = byPath[expression.name.text];
  if (method !== undefined) add(method, first);
  if (expression.name.text !== "create" || !ts.isObjectLiteralExpression(first)) return;
  const path = member(first, "path");
  if (path !== undefined) add("POST", path);
}

/** A request as an object: with a method in plain text and a path. */
function visitRequest(node: ts.ObjectLiteralExpression, add: (method: string, path: ts.Expression) => void): void {
  const method = member(node, "method");
  const path = member(node, "path");
  if (method !== undefined && path !== undefined && ts.isStringLiteral(method)) add(method.text, path);
}

function member(node: ts.ObjectLiteralExpression, wanted: string): ts.Expression | undefined {
  for (const property of node.properties) {
    if (property.name?.getText() !== wanted) continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
  }
  return undefined;
}
