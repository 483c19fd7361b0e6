/** See bundles.mjs. */
export interface Bundle {
  readonly name: string;
  readonly entry: string;
  readonly output: string;
  readonly copy?: string;
  readonly limit?: number;
  readonly isTest?: boolean;
}
export const bundles: readonly Bundle[];
export const sizeLimit: number;
export function measure(
  bundle: Bundle,
): Promise<{ readonly bytes: number; readonly inputs: Readonly<Record<string, number>> }>;
