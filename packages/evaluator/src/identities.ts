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
  readonly earlier: CompiledIdentity | undefined;
  states: Map<number, IdentityState> | undefined;
}

interface IdentityState {
  readonly override: IdentityOverride;
  compiled: { readonly valueType: ValueType; readonly state: CompiledState } | undefined;
}

const SHARDS = 256;
const NOBODY: Identities = Array.from({ length: SHARDS }, () => new Map<string, CompiledIdentity>());

export function compileIdentities(overrides: readonly IdentityOverrides[]): Identities {
  return replaceIdentities(NOBODY, overrides);
}

export function replaceIdentities(identities: Identities, changes: readonly IdentityOverrides[]): Identities {
  if (changes.length === 0) return identities;
  const shards = [...identities];
  const copies = new Map<number, Map<string, CompiledIdentity>>();
  for (const source of changes) {
    const index = shardOf(source.identifier);
    const shard = copies.get(index) ?? new Map(shards[index]);
    copies.set(index, shard);
    if (source.overrides.length === 0) shard.delete(source.identifier);
    else shard.set(source.identifier, { source, earlier: withoutEarlier(shard.get(source.identifier)), states: undefined });
  }
  for (const [index, shard] of copies) shards[index] = shard;
  return shards;
}

export function findIdentity(identities: Identities, identifier: string): CompiledIdentity | undefined {
  return identities[shardOf(identifier)]?.get(identifier);
}

export function identityState(identity: CompiledIdentity, flag: Flag): CompiledState | undefined {
  const states = (identity.states ??= statesOf(identity.source));
  const found = states.get(flag.id);
  if (found === undefined) return undefined;
  const { valueType } = flag;
  if (found.compiled?.valueType === valueType) return found.compiled.state;
  const state = compileState(found.override, { valueType, source: "identity" }, earlierOutcomes(identity, flag));
  found.compiled = { valueType, state };
  return state;
}

export function listIdentities(identities: Identities): readonly IdentityOverrides[] {
  return identities.flatMap((shard) => [...shard.values()].map((identity) => identity.source));
}

function statesOf(source: IdentityOverrides): Map<number, IdentityState> {
  return new Map(source.overrides.map((override) => [override.flagId, { override, compiled: undefined }]));
}

function earlierOutcomes(identity: CompiledIdentity, flag: Flag): readonly Evaluation[] {
  const compiled = identity.earlier?.states?.get(flag.id)?.compiled;
  return compiled === undefined ? [] : outcomesOf(compiled.state);
}

/** One step back is enough, and a chain of them would never be freed. */
function withoutEarlier(identity: CompiledIdentity | undefined): CompiledIdentity | undefined {
  return identity && { ...identity, earlier: undefined };
}

function shardOf(identifier: string): number {
  let hash = identifier.length;
  for (let i = Math.max(0, identifier.length - 8); i < identifier.length; i++) hash = (hash * 31 + identifier.charCodeAt(i)) | 0;
  return hash & (SHARDS - 1);
}
