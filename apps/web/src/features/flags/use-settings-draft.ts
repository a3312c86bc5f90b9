import type { Accessor } from "solid-js";
import { createSignal } from "solid-js";
import { parseText, toText } from "../../lib/value-text.ts";
import type { FlagDetail } from "./flag.ts";
import { hasValue } from "./flag.ts";
import { parseSchema, toSchemaText } from "./schema-text.ts";

interface Settings {
  readonly description: string;
  readonly tags: readonly string[];
  /** User ids. */
  readonly owners: readonly string[];
  readonly serverOnly: boolean;
  /** As it stands in its box; empty for none. */
  readonly schema: string;
  readonly defaultValue: string;
}

export type SettingsDraft = ReturnType<typeof createSettingsDraft>;

const settingsOf = (flag: FlagDetail): Settings => ({
  description: flag.description,
  tags: flag.tags,
  owners: flag.owners.map(({ userId }) => userId),
  serverOnly: flag.serverOnly,
  schema: toSchemaText(flag.valueSchema),
  defaultValue: toText(flag.valueType, flag.defaultValue),
});

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** An edit of what describes a flag; follows the server until it is touched. */
export function createSettingsDraft(flag: Accessor<FlagDetail>) {
  const [edit, setEdit] = createSignal<{ readonly base: Settings; readonly version: number; readonly wish: Settings }>();
  const base = () => edit()?.base ?? settingsOf(flag());
  const now = () => edit()?.wish ?? base();

  const parsedSchema = () => parseSchema(now().schema);
  const parsedDefault = () => parseText(flag().valueType, now().defaultValue, flag().defaultValue);
  const schemaError = () => (hasValue(flag()) ? parsedSchema().error : undefined);
  const defaultError = () => (hasValue(flag()) ? parsedDefault().error : undefined);

  return {
    now,
    schemaError,
    defaultError,
    isSound: () => schemaError() === undefined && defaultError() === undefined,
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
      const schema = parsedSchema();
      const value = parsedDefault();
      return {
        ...(description !== from.description && { description }),
        ...(!isSame(tags, from.tags) && { tags: [...tags] }),
        ...(!isSame(owners, from.owners) && { owners: [...owners] }),
        ...(serverOnly !== from.serverOnly && { serverOnly }),
        ...(now().schema !== from.schema && schema.error === undefined && { valueSchema: schema.schema }),
        ...(now().defaultValue !== from.defaultValue && value.error === undefined && { defaultValue: value.value }),
      };
    },
    version: () => edit()?.version ?? flag().version,
    /** What stands on the server now, in words. */
    theirWords: () => {
      const { description, tags, owners, serverOnly, valueSchema } = flag();
      return [
        description === "" ? "no description" : `“${description}”`,
        tags.length === 0 ? "no tags" : tags.join(", "),
        owners.length === 0 ? "no owner" : owners.map(({ name }) => name).join(", "),
        serverOnly ? "server-only" : "for every client",
        ...(valueSchema === null ? [] : ["with a schema"]),
      ].join(" · ");
    },
    reset: () => setEdit(undefined),
  };
}
