import { LIMITS } from "@halyard/contracts";
import type { AttributeValue } from "@halyard/evaluator";
import type { Problems } from "./errors.ts";
import { fault, found, isFields, isStorable, member, type Read, readFlag, readText } from "./input.ts";

/** A trait as a client sends it; a null value deletes it. */
export interface GivenTrait {
  readonly key: string;
  readonly value: AttributeValue;
  /** For this evaluation only. */
  readonly transient: boolean;
}

/** Absent and null are no traits. Where a key comes twice, the last one counts. */
export function readTraits(value: unknown): Read<readonly GivenTrait[]> {
  if (value === undefined || value === null) return found([]);
  if (!Array.isArray(value)) return fault("This is no list; give a list of traits.");
  const items: readonly unknown[] = value;
  const read = items.map(readTrait);
  if (read.some((one) => !one.ok)) {
    return { ok: false, problems: read.map((one): Problems => (one.ok ? {} : one.problems)) };
  }
  return found(read.flatMap((one) => (one.ok ? [one.value] : [])));
}

function readTrait(item: unknown): Read<GivenTrait> {
  if (!isFields(item)) return fault("This is no object; give trait_key and trait_value.");
  const key = readText(member(item, "trait_key"), LIMITS.traitKey);
  const value = readTraitValue(member(item, "trait_value"));
  const transient = readFlag(member(item, "transient"));
  if (key.ok && value.ok && transient.ok) return found({ key: key.value, value: value.value, transient: transient.value });
  return {
    ok: false,
    problems: {
      ...(!key.ok && { trait_key: key.problems }),
      ...(!value.ok && { trait_value: value.problems }),
      ...(!transient.ok && { transient: transient.problems }),
    },
  };
}

/** Lists and objects are kept as JSON text. */
export function readTraitValue(value: unknown): Read<AttributeValue> {
  if (value === undefined) return fault("This field is missing; give a value, or null to delete the trait.");
  if (value === null || typeof value === "boolean") return found(value);
  if (typeof value === "number") return Number.isFinite(value) ? found(value) : fault("This number is too large.");
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text.length > LIMITS.traitValue) {
    return fault(`Value string is too long. Must be less than ${LIMITS.traitValue} character`);
  }
  return isStorable(text) ? found(text) : fault("Remove the NUL characters and unpaired surrogates; they cannot be stored.");
}
