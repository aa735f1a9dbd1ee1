import * as ts from "typescript";

/** One member of an interface, as its source says it. */
export interface Member {
  readonly name: string;
  /** As written, without `pulumi.Input<…>`. */
  readonly type: string;
  readonly optional: boolean;
  /** The doc comment without its default. */
  readonly meaning: string;
  /** What stands behind "Default:" in the doc comment; undefined when nothing does. */
  readonly byDefault: string | undefined;
}

/** An interface or a resource class of a source file. */
export interface Described {
  readonly name: string;
  readonly meaning: string;
  /** Members of an interface; of a class its declared outputs. */
  readonly members: readonly Member[];
  /** Kind of the resource that a class makes, e.g. `ResourcePool` for `resourcePoolKind`; undefined for interfaces and other classes. */
  readonly base: string | undefined;
}

/** The exported interfaces and classes of a source file, by what their doc comments say. */
export function describedIn(text: string, fileName: string): Described[] {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  return source.statements.filter(isDescribed).map((node) => ({
    name: node.name?.text ?? "",
    meaning: commentOf(node),
    members: [...node.members].filter(isMember).map((member) => memberOf(member, source)),
    base: node.heritageClauses?.[0]?.types[0]?.expression.getText(source),
  }));
}

function isDescribed(node: ts.Statement): node is ts.InterfaceDeclaration | ts.ClassDeclaration {
  return ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node);
}

function isMember(node: ts.TypeElement | ts.ClassElement): node is ts.PropertySignature | ts.PropertyDeclaration {
  return ts.isPropertySignature(node) || ts.isPropertyDeclaration(node);
}

function memberOf(node: ts.PropertySignature | ts.PropertyDeclaration, source: ts.SourceFile): Member {
  const comment = commentOf(node);
  const [, meaning = comment, byDefault] = /^(.*?)\s*Default: (.*?)\.?$/s.exec(comment) ?? [];
  const type = (node.type?.getText(source) ?? "").replace(/\s+/g, " ");
  return {
    name: node.name.getText(source),
    type: type.replace(/^pulumi\.(?:Input|Output)<(.*)>$/, "$1"),
    optional: node.questionToken !== undefined,
    meaning,
    byDefault,
  };
}

/** A doc comment as one line, with its links as plain code. */
function commentOf(node: ts.Node): string {
  const [last] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).slice(-1);
  const text = ts.getTextOfJSDocComment(last?.comment) ?? "";
  return text
    .replace(/\{@link (\w+)\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim();
}
