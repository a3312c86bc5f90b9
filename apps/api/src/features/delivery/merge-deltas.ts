import type { Changes, Delta, IdentityOverrides } from "@halyard/evaluator/model";

/** One delta that does what these do one after another. */
export function mergeDeltas(deltas: readonly Delta[]): Delta {
  const environment = deltas.findLast((delta) => delta.environment)?.environment;
  const flags = mergeChanges(deltas.flatMap((delta) => delta.flags ?? []));
  const segments = mergeChanges(deltas.flatMap((delta) => delta.segments ?? []));
  // Each fits one version of its segment only, so those that a later delta has overtaken stay without effect.
  const segmentLists = deltas.flatMap((delta) => delta.segmentLists ?? []);
  const identities = new Map<string, IdentityOverrides>();
  for (const delta of deltas) for (const it of delta.identityOverrides ?? []) identities.set(it.identifier, it);
  return {
    ...(environment && { environment }),
    ...(flags && { flags }),
    ...(segments && { segments }),
    ...(segmentLists.length > 0 && { segmentLists }),
    ...(identities.size > 0 && { identityOverrides: [...identities.values()] }),
  };
}

function mergeChanges<T extends { readonly id: number }>(list: readonly Changes<T>[]): Changes<T> | undefined {
  if (list.length === 0) return undefined;
  const upserted = new Map<number, T>();
  const removed = new Set<number>();
  for (const changes of list) {
    for (const id of changes.removed) {
      upserted.delete(id);
      removed.add(id);
    }
    for (const it of changes.upserted) {
      removed.delete(it.id);
      upserted.set(it.id, it);
    }
  }
  return { upserted: [...upserted.values()], removed: [...removed] };
}
