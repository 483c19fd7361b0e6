import { type Cidr, type CidrProblem, parseCidr } from './cidr.ts';

/** The text of a property that takes an address prefix, read once: `cidr` where it is one, `problem` where not. */
export interface Prefix {
  readonly text: string;
  readonly cidr: Cidr | undefined;
  readonly problem: CidrProblem | undefined;
}

/** Reads the text of an address prefix property. */
export function readPrefix(text: string): Prefix {
  const result = parseCidr(text);
  return result.ok
    ? { text, cidr: result.cidr, problem: undefined }
    : { text, cidr: undefined, problem: result.problem };
}
