/**
 * Whether a pattern names a path, or a folder above it. Both are relative to one folder and written with `/`. `*` and `?`
 * stand for characters of a name and `**` for any folders; a pattern without a slash counts in every folder. Takes time
 * proportional to pattern times path, whatever they are.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const trimmed = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  const wanted = trimmed.replace(/^\//, '').split('/');
  if (!/^\.\/|[^/]\/[^/]|^\//.test(pattern)) wanted.unshift('**');
  const names = path.split('/');
  // For every number of names, whether the pattern so far matches exactly that many.
  let reached = [true, ...names.map(() => false)];
  for (const part of wanted) {
    const next = reached.map(() => false);
    if (part === '**') {
      const first = reached.indexOf(true);
      if (first >= 0) next.fill(true, first);
    } else {
      names.forEach((name, index) => {
        if (reached[index] === true && matchesName(part, name)) next[index + 1] = true;
      });
    }
    reached = next;
  }
  return reached.includes(true, 1);
}

/** Walks both texts once and goes back to the last `*` where they part. */
function matchesName(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let starName = 0;
  let i = 0;
  while (i < name.length) {
    const sign = pattern[at];
    if (sign === '*') {
      star = at++;
      starName = i;
    } else if (sign !== undefined && (sign === '?' || sign === name[i])) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++starName;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
