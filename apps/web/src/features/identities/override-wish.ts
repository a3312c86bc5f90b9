import type { JsonValue } from "@halyard/evaluator";
import type { InputOf } from "../../lib/procedures.ts";

export type OverrideWish = Pick<InputOf<"identityOverrides.set">, "flag" | "enabled" | "weights"> & {
  readonly value?: JsonValue | undefined;
};
