import { fileName } from './document.ts';
import { isRemote } from './registry.ts';

/**
 * The URI of a path that the file `from` names; undefined for registry references and for files without a place in a
 * folder, such as unsaved ones.
 */
export function resolvePath(from: string, path: string): string | undefined {
  if (path === '' || isRemote(path)) return undefined;
  try {
    const encoded = path.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
    const resolved = new URL(encoded, from).href;
    return resolved === from || resolved.startsWith(schemeOf(from)) ? resolved : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The URIs of the files of a name in the folder of a document and in those above it, nearest first. Empty for documents
 * without a place in a folder, such as unsaved ones.
 */
export function filesAbove(uri: string, name: string): string[] {
  const path = /^[^?#]*/.exec(uri)?.[0] ?? '';
  const root = /^[a-z][a-z\d+.-]*:(?:\/\/[^/]*)?(?=\/)/i.exec(path)?.[0].length;
  const found: string[] = [];
  if (root === undefined) return found;
  for (let slash = path.lastIndexOf('/'); slash >= root; slash = path.lastIndexOf('/', slash - 1)) {
    found.push(path.slice(0, slash + 1) + name);
  }
  return found;
}

function schemeOf(uri: string): string {
  return uri.slice(0, uri.indexOf(':') + 1);
}

/**
 * The names of the templates that a JSON parameter file may be for, by its own name: `main.parameters.json` and
 * `main.parameters.prod.json` are for `main.bicep` or `main.json` beside them, `azuredeploy.parameters.json` also for the
 * `main.bicep` that `azuredeploy.json` is compiled from, and `parameters.json` for `template.json`, as the portal names
 * the two. Sources come first. Empty for any other name.
 */
export function templatesNextTo(uri: string): string[] {
  const name = fileName(uri);
  if (/^parameters\.json$/i.test(name)) return ['template.json'];
  const base = /^(.+?)\.parameters(\.[^/]+)?\.json$/i.exec(name)?.[1];
  if (base === undefined) return [];
  const source = base.replace(/(^|[.-])azuredeploy$/i, '$1main');
  return [`${base}.bicep`, ...(source === base ? [] : [`${source}.bicep`]), `${base}.json`];
}
