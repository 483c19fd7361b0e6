import type { Comment, ParseError } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';
import type { Expression, ObjectExpression } from '../template/expression.ts';

/** `bicep`: a template. `bicepparam`: a parameter file. */
export type BicepKind = 'bicep' | 'bicepparam';

/** The syntax tree of one Bicep file. It is always whole: what did not parse is reported in `errors`. */
export interface BicepFile {
  readonly text: string;
  readonly kind: BicepKind;
  readonly statements: readonly Statement[];
  /** In the order of the text, at most one at a place. */
  readonly errors: readonly ParseError[];
  readonly comments: readonly Comment[];
  readonly pragmas: readonly Pragma[];
}

/** `#disable-next-line`, `#disable-diagnostics` or `#restore-diagnostics` with the codes it names. */
export interface Pragma {
  readonly kind: 'disable-next-line' | 'disable-diagnostics' | 'restore-diagnostics';
  readonly span: Span;
  readonly codes: readonly PragmaCode[];
}

/** A diagnostic code (`BCP081`) or rule id (`no-unused-vars`) as written. */
export interface PragmaCode {
  readonly text: string;
  readonly span: Span;
}

/** An identifier. `text` and `span` are empty where it is missing. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** `@name(args)` or `@namespace.name(args)`; `name` includes the namespace. */
export interface Decorator {
  readonly span: Span;
  readonly name: string;
  readonly args: readonly Expression[];
}

export type Statement =
  | TargetScopeStatement
  | MetadataStatement
  | ParameterStatement
  | ParameterAssignmentStatement
  | VariableStatement
  | TypeStatement
  | FunctionStatement
  | ResourceStatement
  | ModuleStatement
  | OutputStatement
  | ImportStatement
  | ExtensionStatement
  | ExtensionConfigStatement
  | AssertStatement
  | TestStatement
  | UsingStatement
  | ExtendsStatement
  | InvalidStatement;

interface StatementBase {
  /** From the first decorator or the keyword to the last token. */
  readonly span: Span;
  readonly decorators: readonly Decorator[];
}

export interface TargetScopeStatement extends StatementBase {
  readonly kind: 'target-scope';
  readonly value: Expression;
}

export interface MetadataStatement extends StatementBase {
  readonly kind: 'metadata';
  readonly name: Name;
  readonly value: Expression;
}

/** `param name type = default` of a template. */
export interface ParameterStatement extends StatementBase {
  readonly kind: 'parameter';
  readonly name: Name;
  readonly type?: TypeNode;
  readonly defaultValue?: Expression;
}

/** `param name = value` of a parameter file. */
export interface ParameterAssignmentStatement extends StatementBase {
  readonly kind: 'parameter-assignment';
  readonly name: Name;
  readonly value: Expression;
}

export interface VariableStatement extends StatementBase {
  readonly kind: 'variable';
  readonly name: Name;
  readonly type?: TypeNode;
  readonly value: Expression;
}

export interface TypeStatement extends StatementBase {
  readonly kind: 'type';
  readonly name: Name;
  readonly type?: TypeNode;
}

export interface FunctionStatement extends StatementBase {
  readonly kind: 'function';
  readonly name: Name;
  readonly parameters: readonly FunctionParameter[];
  readonly returnType?: TypeNode;
  readonly body: Expression;
}

export interface FunctionParameter {
  readonly name: Name;
  readonly type?: TypeNode;
}

export interface ResourceStatement extends StatementBase {
  readonly kind: 'resource';
  readonly name: Name;
  /** `'Type@version'`; invalid where it is missing. */
  readonly type: Expression;
  readonly isExisting: boolean;
  readonly body: DeclarationBody;
}

export interface ModuleStatement extends StatementBase {
  readonly kind: 'module';
  readonly name: Name;
  readonly path: Expression;
  readonly body: DeclarationBody;
}

/** What follows the `=` of a resource or module: an object, perhaps behind `if (...)`, perhaps in a loop. */
export interface DeclarationBody {
  readonly span: Span;
  readonly loop?: LoopHead;
  readonly condition?: Expression;
  /** Invalid where it is missing. */
  readonly value: ObjectExpression | Extract<Expression, { kind: 'invalid' }>;
  /** Resources declared inside the object, which are no properties of it. */
  readonly resources: readonly ResourceStatement[];
}

/** `for item in collection` or `for (item, index) in collection`. */
export interface LoopHead {
  readonly item?: Name;
  readonly index?: Name;
  readonly collection: Expression;
}

export interface OutputStatement extends StatementBase {
  readonly kind: 'output';
  readonly name: Name;
  readonly type?: TypeNode;
  readonly value: Expression;
}

/** `import { a, b as c } from 'path'` or `import * as name from 'path'`. */
export interface ImportStatement extends StatementBase {
  readonly kind: 'import';
  readonly items: readonly ImportItem[];
  readonly path: Expression;
}

/** One imported name; `name` is `*` for the whole file, `alias` is the name itself where none is given. */
export interface ImportItem {
  readonly name: string;
  readonly nameSpan: Span;
  readonly alias: Name;
}

/** `extension name with {...} as alias`, and the older `provider` and `import 'name@version'`. */
export interface ExtensionStatement extends StatementBase {
  readonly kind: 'extension';
  readonly specification: Expression;
  readonly config?: Expression;
  readonly alias?: Name;
}

/** `extensionConfig name with {...}` of a parameter file. */
export interface ExtensionConfigStatement extends StatementBase {
  readonly kind: 'extension-config';
  readonly name: Name;
  readonly config: Expression;
}

export interface AssertStatement extends StatementBase {
  readonly kind: 'assert';
  readonly name: Name;
  readonly value: Expression;
}

export interface TestStatement extends StatementBase {
  readonly kind: 'test';
  readonly name: Name;
  readonly path: Expression;
  readonly body: Expression;
}

/** `using 'path'` or `using none`, which has the `path` `undefined`. */
export interface UsingStatement extends StatementBase {
  readonly kind: 'using';
  readonly path?: Expression;
  readonly config?: Expression;
}

export interface ExtendsStatement extends StatementBase {
  readonly kind: 'extends';
  readonly path: Expression;
}

/** Decorators without a declaration, or text that no declaration begins with. */
export interface InvalidStatement extends StatementBase {
  readonly kind: 'invalid';
}

/** A type expression, as far as evaluation and hovers need it. */
export interface TypeNode {
  readonly span: Span;
  /** `name`: the name of a type, with or without arguments. `other`: a member access or anything invalid. */
  readonly form: 'name' | 'literal' | 'union' | 'object' | 'array' | 'tuple' | 'other';
  /** The name where `form` is `name`, such as `string`. */
  readonly name?: string;
  /** Whether it ends in `?`, or is or contains the literal `null`. */
  readonly isNullable: boolean;
  /** The values of a literal or of a union of nothing but literals; `null` is left out. */
  readonly literals?: readonly (string | number | boolean)[];
  readonly properties?: readonly TypeProperty[];
}

/** A property of an object type; its name is `*` where it stands for all others. */
export interface TypeProperty {
  readonly name: Name;
  readonly type: TypeNode;
}
