import type { Evaluation, Flag, IdentityOverride, IdentityOverrides, ValueType } from "./model.ts";
import { type CompiledState, compileState, outcomesOf } from "./state.ts";

/**
 * All identity overrides of an environment, by identifier. An environment may have hundreds of thousands, and a change
 * touches one: they lie in shards, of which a change copies only its own, and each is compiled when it is first asked for.
 */
export type Identities = readonly Shard[];
type Shard = ReadonlyMap<string, CompiledIdentity>;

interface CompiledIdentity {
  readonly source: IdentityOverrides;
  states: Map<number, IdentityState> | undefined;
}

interface IdentityState {
  readonly override: IdentityOverride;
  compiled: { readonly valueType: ValueType; readonly state: CompiledState } | undefined;
}

const SHARDS = 256;
const NOBODY: Identities = Array.from({ length: SHARDS }, () => new Map<string, CompiledIdentity>());

type FindFlag = (id: number) => Flag | undefined;

export function compileIdentities(overrides: readonly IdentityOverrides[]): Identities {
  return replace(NOBODY, overrides, (source) => ({ source, states: undefined }));
}

/** What a change brings is compiled at once, next to what it replaces, so that an answer that stays the same stays `===`. */
export function replaceIdentities(
  identities: Identities,
  changes: readonly IdentityOverrides[],
  flags: { readonly before: FindFlag; readonly after: FindFlag },
): Identities {
  return replace(identities, changes, (source, previous) => {
    const identity: CompiledIdentity = { source, states: undefined };
    for (const { flagId } of source.overrides) {
      const [before, after] = [flags.before(flagId), flags.after(flagId)];
      const earlier = previous && before && identityState(previous, before);
      if (after !== undefined) identityState(identity, after, earlier && outcomesOf(earlier));
    }
    return identity;
  });
}

function replace(
  identities: Identities,
  changes: readonly IdentityOverrides[],
  compile: (source: IdentityOverrides, previous: CompiledIdentity | undefined) => CompiledIdentity,
): Identities {
  if (changes.length === 0) return identities;
  const shards = [...identities];
  const copies = new Map<number, Map<string, CompiledIdentity>>();
  for (const source of changes) {
    const index = shardOf(source.identifier);
    const shard = copies.get(index) ?? new Map(shards[index]);
    copies.set(index, shard);
    if (source.overrides.length === 0) shard.delete(source.identifier);
    else shard.set(source.identifier, compile(source, shard.get(source.identifier)));
  }
  for (const [index, shard] of copies) shards[index] = shard;
  return shards;
}

export function findIdentity(identities: Identities, identifier: string): CompiledIdentity | undefined {
  return identities[shardOf(identifier)]?.get(identifier);
}

export function identityState(
  identity: CompiledIdentity,
  flag: Flag,
  earlier: readonly Evaluation[] = [],
): CompiledState | undefined {
  const states = (identity.states ??= statesOf(identity.source));
  const found = states.get(flag.id);
  if (found === undefined) return undefined;
  const { valueType } = flag;
  if (found.compiled?.valueType === valueType) return found.compiled.state;
  const state = compileState(found.override, { valueType, source: "identity" }, earlier);
  found.compiled = { valueType, state };
  return state;
}

export function listIdentities(identities: Identities): readonly IdentityOverrides[] {
  return identities.flatMap((shard) => [...shard.values()].map((identity) => identity.source));
}

function statesOf(source: IdentityOverrides): Map<number, IdentityState> {
  return new Map(source.overrides.map((override) => [override.flagId, { override, compiled: undefined }]));
}

function shardOf(identifier: string): number {
  let hash = identifier.length;
  for (let i = Math.max(0, identifier.length - 8); i < identifier.length; i++) hash = (hash * 31 + identifier.charCodeAt(i)) | 0;
  return hash & (SHARDS - 1);
}
