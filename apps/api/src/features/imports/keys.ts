import { flagKey } from "@halyard/contracts/schemas";

/** Takes names in file order: the first of a name is kept, a later one is refused or given a free name. Flagsmith compares without case. */
export function createNamer(duplicates: "skip" | "rename") {
  const taken = new Set<string>();
  return (name: string): { key: string; note: string | null } | { refused: string } => {
    if (!flagKey.safeParse(name).success && duplicates === "skip") {
      return {
        refused: `\`${name}\` is not a flag key: ${flagKey.safeParse(name).error?.issues[0]?.message ?? "it is not text."}`,
      };
    }
    const wanted = flagKey.safeParse(name).success ? name : toKey(name);
    if (!taken.has(wanted.toLowerCase())) {
      taken.add(wanted.toLowerCase());
      return { key: wanted, note: wanted === name ? null : `Renamed from \`${name}\`, which is not a flag key.` };
    }
    if (duplicates === "skip")
      return {
        refused: `A second entry named \`${name}\`; the first one was kept. Import with duplicates renamed to take both.`,
      };
    const free = firstFree(wanted, taken);
    taken.add(free.toLowerCase());
    return { key: free, note: `Renamed: \`${name}\` occurs earlier in the file.` };
  };
}

function firstFree(wanted: string, taken: ReadonlySet<string>): string {
  for (let n = 2; ; n++) if (!taken.has(`${wanted}-${n}`.toLowerCase())) return `${wanted}-${n}`;
}

function toKey(name: string): string {
  const key = name
    .replace(/[^A-Za-z0-9_.:-]+/g, "_")
    .replace(/^[^A-Za-z0-9]+/, "")
    .slice(0, 200);
  return key === "" ? "flag" : key;
}
