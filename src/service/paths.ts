import { fileName } from './document.ts';
import { isRemote } from './registry.ts';

/**
 * The URI of a path that the file `from` names; undefined for registry references and for files without a place in a
 * folder, such as unsaved ones.
 */
export function resolvePath(from: string, path: string): string | undefined {
  if (path === '' || isRemote(path)) return undefined;
  // Nearly every path is a name in the same folder, which needs no reading of URLs.
  if (/^\w[\w.-]*$/.test(path) && /^[a-z][\w+.-]*:\/[^?#]*$/i.test(from)) {
    return from.slice(0, from.lastIndexOf('/') + 1) + path;
  }
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
 * The templates that a JSON parameter file may be for, by its own name, as paths from it: `main.parameters.json`,
 * `main.parameters.prod.json` and `main.prod.parameters.json` are for `main.bicep` or `main.json` beside them or, in a folder
 * `parameters`, above it. `azuredeploy.parameters.json` is also for the `main.bicep` that `azuredeploy.json` is compiled
 * from, and `parameters.json` for `template.json`, as the portal names the two. Likelier ones come first, sources before
 * what is compiled from them. Empty for any other name.
 */
export function templatesNextTo(uri: string): string[] {
  const name = fileName(uri);
  if (/^parameters\.json$/i.test(name)) return ['template.json'];
  const base = /^(.+?)\.parameters(\.[^/]+)?\.json$/i.exec(name)?.[1];
  if (base === undefined) return [];
  const folders = /\/parameters\/[^/]*$/i.test(uri) ? ['', '../'] : [''];
  return folders.flatMap((folder) =>
    stemsOf(base).flatMap((stem) => templatesCalled(stem).map((path) => folder + path)),
  );
}

/** `main.west.prod` may be for `main.west` and `main` too. */
function stemsOf(base: string): string[] {
  const parts = base.split('.');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('.')).slice(0, maxStems);
}

/** What is tried of a name with many dots. */
const maxStems = 3;

function templatesCalled(stem: string): string[] {
  const source = stem.replace(/(^|[.-])azuredeploy$/i, '$1main');
  return [`${stem}.bicep`, ...(source === stem ? [] : [`${source}.bicep`]), `${stem}.json`];
}
