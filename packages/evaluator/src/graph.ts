/** Which flags require which, by their positions. */
export type Edges = ReadonlyMap<number, readonly number[]>;

interface Visit {
  readonly node: number;
  /** How many of its edges are followed. */
  at: number;
}

/**
 * The cycles of a graph: each node that is on one, with a number of the cycles it is connected with both ways.
 * Tarjan's algorithm, with a list in place of recursion: a chain may have 10,000 members.
 */
export function cyclesOf(edges: Edges): ReadonlyMap<number, number> {
  const order = new Map<number, number>();
  const lowest = new Map<number, number>();
  const path: number[] = [];
  const onPath = new Set<number>();
  const cycles = new Map<number, number>();
  const lower = (node: number, to: number) => lowest.set(node, Math.min(lowest.get(node) ?? to, to));

  const enter = (node: number): Visit => {
    order.set(node, order.size);
    lower(node, order.size - 1);
    path.push(node);
    onPath.add(node);
    return { node, at: 0 };
  };

  const leave = (node: number): void => {
    if (lowest.get(node) !== order.get(node)) return;
    const members = path.splice(path.lastIndexOf(node));
    for (const member of members) onPath.delete(member);
    const isCycle = members.length > 1 || edges.get(node)?.includes(node) === true;
    if (isCycle) for (const member of members) cycles.set(member, node);
  };

  for (const start of edges.keys()) {
    const open: Visit[] = order.has(start) ? [] : [enter(start)];
    for (let visit = open.at(-1); visit !== undefined; visit = open.at(-1)) {
      const next = edges.get(visit.node)?.[visit.at++];
      if (next === undefined) {
        open.pop();
        leave(visit.node);
        const parent = open.at(-1);
        if (parent !== undefined) lower(parent.node, lowest.get(visit.node) ?? 0);
      } else if (!order.has(next)) open.push(enter(next));
      else if (onPath.has(next)) lower(visit.node, order.get(next) ?? 0);
    }
  }
  return cycles;
}
