/** The providers of all types that the model has. */
const providers = /^microsoft\.(?:network|containerservice|managedidentity|authorization)\//i;

/** Whether the model may have resources of a type, in any case. The bodies of the others are evaluated only where something names them. */
export function isModelled(type: string): boolean {
  return providers.test(type);
}
