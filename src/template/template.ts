import type { Span } from '../base/span.ts';
import type { Expression } from './expression.ts';

/**
 * What a Bicep file or an ARM template declares, in the one form that both lower to.
 * Names keep the spelling of the file; Bicep looks them up exactly, ARM without regard to case.
 */
export interface Template {
  readonly uri: string;
  readonly language: 'bicep' | 'arm';
  /**
   * A text of ours in place of a module that cannot be read: nobody can look at its places, so everything in it is
   * located at the call.
   */
  readonly isStandIn?: boolean;
  /** Whether what it declares may lack something: a syntax error can hide it, a token of a pipeline stand for it. */
  readonly isPartial?: boolean;
  readonly targetScope: 'resourceGroup' | 'subscription' | 'managementGroup' | 'tenant';
  readonly parameters: readonly ParameterDeclaration[];
  readonly variables: readonly VariableDeclaration[];
  readonly functions: readonly FunctionDeclaration[];
  readonly resources: readonly ResourceDeclaration[];
  readonly modules: readonly ModuleDeclaration[];
  readonly outputs: readonly OutputDeclaration[];
  readonly imports: readonly ImportDeclaration[];
  /**
   * Whether evaluating an expression of it may bring out a problem: it calls functions that refuse arguments, names what
   * nothing declares, or imports files. Where not, what nobody reads is not evaluated.
   */
  readonly mayHaveProblems: boolean;
  /** The files of JSON and YAML that it loads as values; absent where there are none. */
  readonly loads?: readonly FileLoad[];
}

/** A call that loads a file whose name is written in it. */
export interface FileLoad {
  readonly path: string;
  readonly span: Span;
}

/** A Bicep file that declares nothing. */
export function emptyTemplate(uri: string): Template {
  return {
    uri,
    language: 'bicep',
    targetScope: 'resourceGroup',
    parameters: [],
    variables: [],
    functions: [],
    resources: [],
    modules: [],
    outputs: [],
    imports: [],
    mayHaveProblems: false,
  };
}

export interface ParameterDeclaration {
  readonly name: string;
  readonly nameSpan: Span;
  /** The type as far as evaluation needs it: `string`, `int`, `bool`, `object`, `array`, or the text of anything else. */
  readonly type: string;
  readonly isNullable: boolean;
  readonly defaultValue?: Expression | undefined;
}

export interface VariableDeclaration {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
  readonly isExported: boolean;
}

export interface FunctionDeclaration {
  /** With its namespace in ARM (`contoso.uniqueName`). */
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: readonly string[];
  readonly body: Expression;
}

export interface ResourceDeclaration {
  /** Symbolic name: Bicep always, ARM from language version 2.0 on. */
  readonly symbol?: string | undefined;
  /** What to underline when something about the whole resource is wrong or missing: its symbol or its name. */
  readonly nameSpan: Span;
  readonly span: Span;
  /** Full type without version, such as `Microsoft.Network/virtualNetworks/subnets`; children carry their parent's type. */
  readonly type: string;
  readonly apiVersion?: string | undefined;
  readonly isExisting: boolean;
  /** The name as written: the last segment for children with a parent, all segments with slashes otherwise. */
  readonly name: Expression;
  /** Position in {@link Template.resources} of the resource that this one is declared inside of. */
  readonly enclosing?: number | undefined;
  /** Bicep's `parent:` property. */
  readonly parent?: Expression | undefined;
  /** Bicep's `scope:`, ARM's `scope` and `resourceGroup`. */
  readonly scope?: Expression | undefined;
  readonly condition?: Expression | undefined;
  readonly loop?: LoopDeclaration | undefined;
  /** The resource body with `properties`, `location`, `identity` ... as written. */
  readonly body: Expression;
}

/** A loop of a resource or module: Bicep's `for`, ARM's `copy`. */
export interface LoopDeclaration {
  /** Local names; ARM has neither and uses `copyIndex()`, see `copyName`. */
  readonly item?: string;
  readonly index?: string;
  readonly copyName?: string;
  /** Bicep: the collection. ARM: the count. */
  readonly over: Expression;
  readonly kind: 'collection' | 'count';
}

/** A Bicep module or an ARM nested or linked deployment. */
export interface ModuleDeclaration {
  readonly symbol?: string | undefined;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly name?: Expression | undefined;
  /** A path or registry reference as written, or the template declared inline (ARM nested deployment). */
  readonly source:
    | {
        readonly kind: 'path';
        readonly path: string;
        readonly pathSpan: Span;
        /** The path rests on a convention: that there is no such file says nothing. */
        readonly isAssumed?: boolean;
      }
    | { readonly kind: 'inline'; readonly template: Template; readonly scope: 'inner' | 'outer' }
    | { readonly kind: 'unknown' };
  readonly parameters?: Expression | undefined;
  readonly scope?: Expression | undefined;
  readonly condition?: Expression | undefined;
  readonly loop?: LoopDeclaration | undefined;
}

export interface OutputDeclaration {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
}

/** `import { name as alias } from 'path'` or, with `name` `*`, the whole file under `alias`. */
export interface ImportDeclaration {
  readonly path: string;
  readonly pathSpan: Span;
  readonly name: string;
  readonly alias: string;
}

/** A `.bicepparam` or JSON parameter file. */
export interface ParameterFile {
  readonly uri: string;
  /** The template it is for, as written after `using`; undefined where the file does not say (JSON) or says `none`. */
  readonly using?: { readonly path: string; readonly pathSpan: Span };
  /** The parameter file that it builds on (`extends`). */
  readonly base?: { readonly path: string; readonly pathSpan: Span };
  readonly values: readonly { readonly name: string; readonly nameSpan: Span; readonly value: Expression }[];
  readonly variables: readonly VariableDeclaration[];
  readonly imports: readonly ImportDeclaration[];
  /** As in {@link Template}. */
  readonly loads?: readonly FileLoad[];
}
