import { type CompiledFlag, compileFlag, linkFlags } from "./flag.ts";
import { compileIdentities, type Identities, listIdentities } from "./identities.ts";
import type { Extensions } from "./match.ts";
import type { Flag, IdentityOverrides, Snapshot } from "./model.ts";
import { isAscending } from "./ordered.ts";
import { type CompiledSegment, compileSegment } from "./segment.ts";

export interface CompileOptions {
  readonly identityOverrides?: readonly IdentityOverrides[] | undefined;
  /** Without it every condition with a pattern is false. */
  readonly regex?: Extensions["regex"];
  /** Without it every condition whose operator is not Flagsmith's is false. */
  readonly operators?: Extensions["operators"];
}

declare const opaque: unique symbol;

/** A snapshot made ready to be asked. Never changes: `apply` makes another one, which shares all that stayed the same. */
export interface CompiledEnvironment {
  readonly snapshot: Snapshot;
  readonly [opaque]: true;
}

/** What is inside a `CompiledEnvironment`. */
export interface Compiled extends CompiledEnvironment {
  readonly flags: readonly CompiledFlag[];
  /** Positions in `flags`. */
  readonly positions: ReadonlyMap<string, number>;
  readonly segments: ReadonlyMap<number, CompiledSegment>;
  /** Whether flags and segments ascend by id, so that one can be found by it. */
  readonly isOrdered: boolean;
  readonly identities: Identities;
  readonly extensions: Extensions;
}

/**
 * Makes a snapshot ready to be asked. Its values are frozen, as the answers share them.
 *
 * @throws never, for a snapshot that `parseSnapshot` accepts
 */
export function compile(snapshot: Snapshot, options: CompileOptions = {}): CompiledEnvironment {
  const extensions = { regex: options.regex, operators: options.operators };
  const segments = new Map(snapshot.segments.map((segment) => [segment.id, compileSegment(segment, extensions)]));
  return assemble({
    snapshot,
    flags: linkFlags(snapshot.flags.map((flag) => compileFlag(flag, segments, undefined))),
    segments,
    identities: compileIdentities(options.identityOverrides ?? []),
    extensions,
  });
}

/** All identity overrides, in no particular order. */
export function identityOverridesOf(environment: CompiledEnvironment): readonly IdentityOverrides[] {
  return listIdentities(insideOf(environment).identities);
}

/** The flag with this key. */
export function flagOf(environment: CompiledEnvironment, key: string): Flag | undefined {
  const { flags, positions } = insideOf(environment);
  return flags[positions.get(key) ?? -1]?.source;
}

export function insideOf(environment: CompiledEnvironment): Compiled {
  return environment as Compiled;
}

export function assemble(parts: Omit<Compiled, "positions" | "isOrdered" | typeof opaque>): CompiledEnvironment {
  const positions = new Map(parts.flags.map((flag, position) => [flag.source.key, position]));
  const isOrdered = isAscending(parts.snapshot.flags) && isAscending(parts.snapshot.segments);
  // The mark exists for the compiler only.
  return { ...parts, positions, isOrdered } as unknown as CompiledEnvironment;
}
