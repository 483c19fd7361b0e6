/**
 * The strongly connected components of a directed graph: two nodes have the same number if each leads to the other.
 * Takes time that grows with nodes and edges, and no stack.
 */
export function componentsOf<Node>(
  nodes: Iterable<Node>,
  next: (node: Node) => readonly Node[],
): ReadonlyMap<Node, number> {
  const order = new Map<Node, number>();
  const low = new Map<Node, number>();
  const component = new Map<Node, number>();
  const open: Node[] = [];
  let count = 0;
  for (const root of nodes) {
    if (order.has(root)) continue;
    const path: { readonly node: Node; readonly targets: readonly Node[]; index: number }[] = [];
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = top.targets[top.index++];
      if (target !== undefined) {
        if (!order.has(target)) enter(target);
        else if (!component.has(target)) lower(top.node, order.get(target) ?? 0);
        continue;
      }
      path.pop();
      const { node } = top;
      const above = path.at(-1);
      if (above !== undefined) lower(above.node, low.get(node) ?? 0);
      if (low.get(node) !== order.get(node)) continue;
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        component.set(member, count);
        if (member === node) break;
      }
      count++;
    }

    function enter(node: Node): void {
      order.set(node, order.size);
      low.set(node, order.size - 1);
      open.push(node);
      path.push({ node, targets: next(node), index: 0 });
    }
  }
  return component;

  function lower(node: Node, to: number): void {
    low.set(node, Math.min(low.get(node) ?? to, to));
  }
}
