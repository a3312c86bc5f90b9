import type { Accessor } from "solid-js";
import { createSignal } from "solid-js";
import type { FlagDetail } from "./flag.ts";

interface Settings {
  readonly description: string;
  readonly tags: readonly string[];
  /** User ids. */
  readonly owners: readonly string[];
  readonly serverOnly: boolean;
}

const settingsOf = (flag: FlagDetail): Settings => ({
  description: flag.description,
  tags: flag.tags,
  owners: flag.owners.map(({ userId }) => userId),
  serverOnly: flag.serverOnly,
});

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** An edit of what describes a flag; follows the server until it is touched. */
export function createSettingsDraft(flag: Accessor<FlagDetail>) {
  const [edit, setEdit] = createSignal<{ readonly base: Settings; readonly version: number; readonly wish: Settings }>();
  const base = () => edit()?.base ?? settingsOf(flag());
  const now = () => edit()?.wish ?? base();

  return {
    now,
    set: (wish: Partial<Settings>) =>
      setEdit((before) => ({
        base: before?.base ?? settingsOf(flag()),
        version: before?.version ?? flag().version,
        wish: { ...now(), ...wish },
      })),
    isDirty: () => !isSame(now(), base()),
    /** Only what was touched, so that two people's edits of different fields both stay. */
    changes: () => {
      const { description, tags, owners, serverOnly } = now();
      const from = base();
      return {
        ...(description !== from.description && { description }),
        ...(!isSame(tags, from.tags) && { tags: [...tags] }),
        ...(!isSame(owners, from.owners) && { owners: [...owners] }),
        ...(serverOnly !== from.serverOnly && { serverOnly }),
      };
    },
    version: () => edit()?.version ?? flag().version,
    /** What stands on the server now, in words. */
    theirWords: () => {
      const { description, tags, owners, serverOnly } = flag();
      return [
        description === "" ? "no description" : `“${description}”`,
        tags.length === 0 ? "no tags" : tags.join(", "),
        owners.length === 0 ? "no owner" : owners.map(({ name }) => name).join(", "),
        serverOnly ? "server-only" : "for every client",
      ].join(" · ");
    },
    reset: () => setEdit(undefined),
  };
}
