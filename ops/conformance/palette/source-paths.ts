import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** A parsed source file. */
export interface Source {
  readonly file: ts.SourceFile;
}

/** Parses source files; the key is the file's path. */
export function readSources(files: readonly string[]): Map<string, Source> {
  return new Map(
    files.map((name) => [
      name,
      { file: ts.createSourceFile(name, readFileSync(name, "utf8"), ts.ScriptTarget.Latest, true) },
    ]),
  );
}

/** How deep names are followed: a name that stands for itself would be followed without end. */
const deepest = 8;

/**
 * The texts that an expression may have, with `{}` for each part that is known at run time only: constants, parameters that the same file passes
 * texts for, and constants of other files are followed.
 */
export function pathsOf(expression: ts.Expression, source: Source, sources: ReadonlyMap<string, Source>): string[] {
  return [...new Set(textsOf(expression, source, sources, 0))];
}

function textsOf(node: ts.Expression, source: Source, sources: ReadonlyMap<string, Source>, depth: number): string[] {
  if (depth > deepest) return ["{}"];
  const follow = (next: ts.Expression): string[] => textsOf(next, source, sources, depth + 1);
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return follow(node.expression);
  if (ts.isConditionalExpression(node)) return [...follow(node.whenTrue), ...follow(node.whenFalse)];
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce<string[]>(
      (heads, { expression, literal }) =>
        heads.flatMap((head) => follow(expression).map((text) => `${head}${text}${literal.text}`)),
      [node.head.text],
    );
  }
  if (!ts.isIdentifier(node)) return ["{}"];
  const declaration = declarationOf(node);
  if (declaration === undefined) return importedTexts(node, source, sources, depth);
  if (ts.isParameter(declaration)) {
    const passed = argumentsFor(declaration);
    return passed.length === 0 ? ["{}"] : passed.flatMap(follow);
  }
  if (ts.isForOfStatement(declaration.parent.parent)) return literalsOf(declaration.parent.parent.expression);
  return declaration.initializer === undefined ? ["{}"] : follow(declaration.initializer);
}

type Declaration = (ts.VariableDeclaration | ts.ParameterDeclaration) & { name: ts.Identifier };

/** The nearest declaration of a name in the scopes around it. */
function declarationOf(use: ts.Identifier): Declaration | undefined {
  for (let scope: ts.Node | undefined = use.parent; scope !== undefined; scope = scope.parent) {
    const found = declarationsIn(scope).find(({ name }) => name.text === use.text);
    if (found !== undefined) return found;
  }
  return undefined;
}

function declarationsIn(scope: ts.Node): Declaration[] {
  const lists: ts.VariableDeclarationList[] = [];
  if (ts.isBlock(scope) || ts.isSourceFile(scope))
    for (const statement of scope.statements)
      if (ts.isVariableStatement(statement)) lists.push(statement.declarationList);
  if (ts.isForOfStatement(scope) && ts.isVariableDeclarationList(scope.initializer)) lists.push(scope.initializer);
  const parameters = ts.isFunctionLike(scope) ? [...scope.parameters] : [];
  return [...lists.flatMap(({ declarations }) => [...declarations]), ...parameters].filter((one): one is Declaration =>
    ts.isIdentifier(one.name),
  );
}

/** What the file that declares a function passes for one of its parameters; empty when nothing there does. */
function argumentsFor(parameter: ts.ParameterDeclaration): ts.Expression[] {
  const owner = parameter.parent;
  const name = ts.isFunctionDeclaration(owner)
    ? owner.name?.text
    : ts.isArrowFunction(owner) && ts.isVariableDeclaration(owner.parent)
      ? owner.parent.name.getText()
      : undefined;
  if (name === undefined) return [];
  const index = owner.parameters.indexOf(parameter);
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === name) {
      const argument = node.arguments[index];
      if (argument !== undefined) found.push(argument);
    }
    ts.forEachChild(node, visit);
  };
  visit(parameter.getSourceFile());
  return found;
}

/** Texts in the list that a loop goes through. */
function literalsOf(list: ts.Expression): string[] {
  const declaration = ts.isIdentifier(list) ? declarationOf(list) : undefined;
  const start = declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : list;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isArrayLiteralExpression(node))
      for (const element of node.elements) if (ts.isStringLiteral(element)) found.push(element.text);
    ts.forEachChild(node, visit);
  };
  if (start !== undefined) visit(start);
  return found.length === 0 ? ["{}"] : found;
}

/** What a name stands for that another file of the folder exports. */
function importedTexts(
  use: ts.Identifier,
  { file }: Source,
  sources: ReadonlyMap<string, Source>,
  depth: number,
): string[] {
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    if (!bindings.elements.some(({ name }) => name.text === use.text)) continue;
    const other = sources.get(`${join(dirname(file.fileName), statement.moduleSpecifier.text)}.ts`);
    const declaration = other && declarationsIn(other.file).find(({ name }) => name.text === use.text);
    if (other === undefined || declaration?.initializer === undefined) return ["{}"];
    return textsOf(declaration.initializer, other, sources, depth + 1);
  }
  return ["{}"];
}
