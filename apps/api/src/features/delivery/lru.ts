export interface Lru<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  readonly size: number;
}

export interface LruOptions<V> {
  readonly maxEntries: number;
  readonly maxBytes: number;
  /** Bytes that an entry takes, roughly. */
  readonly sizeOf: (key: string, value: V) => number;
}

/** Keeps what was used last. */
export function createLru<V>({ maxEntries, maxBytes, sizeOf }: LruOptions<V>): Lru<V> {
  // A Map iterates in the order of insertion, so its first key is the one used longest ago.
  const entries = new Map<string, V>();
  let bytes = 0;
  const remove = (key: string) => {
    const value = entries.get(key);
    if (value === undefined) return;
    bytes -= sizeOf(key, value);
    entries.delete(key);
  };
  return {
    get(key) {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set(key, value) {
      remove(key);
      entries.set(key, value);
      bytes += sizeOf(key, value);
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries && bytes <= maxBytes) break;
        remove(oldest);
      }
    },
    delete: remove,
    get size() {
      return entries.size;
    },
  };
}
