import { type CompiledEnvironment, compile, type IdentityOverrides, type Snapshot } from "@halyard/evaluator";
import { furtherOperators } from "@halyard/evaluator/operators";
import { re2Engine } from "@halyard/evaluator/regex";

/** An environment's content made ready to be asked, with all that the evaluator can do. */
export function compileEnvironment({
  snapshot,
  identityOverrides,
}: {
  readonly snapshot: Snapshot;
  readonly identityOverrides: readonly IdentityOverrides[];
}): CompiledEnvironment {
  return compile(snapshot, { identityOverrides, regex: re2Engine, operators: furtherOperators });
}
