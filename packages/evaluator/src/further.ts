import { textOf } from "./cast.ts";
import { after, before, on } from "./dates.ts";
import { type CompileTest, compilePattern, foldOf, isIn, type OperatorSet } from "./match.ts";
import { parseVersion } from "./semver.ts";
import { isInRange, parseRange } from "./semver-range.ts";

/** Of the value's text as patterns see it, which is how they are translated for Flagsmith's clients. */
function onText(holds: (text: string, wanted: string) => boolean): CompileTest {
  return (condition) => {
    if (typeof condition.value !== "string") return undefined;
    const fold = foldOf(condition);
    const wanted = fold(condition.value);
    return (value) => holds(fold(textOf(value)), wanted);
  };
}

const notIn: CompileTest = (condition) => {
  const holds = isIn(condition);
  return (value, subject) => !holds(value, subject);
};

/** A pattern that is refused matches nobody, and nobody does not match it. */
const notRegex: CompileTest = ({ value }, { regex }) => {
  const matches = typeof value === "string" ? compilePattern(value, regex) : undefined;
  return matches && ((given, subject) => !matches(given, subject));
};

const semverRange: CompileTest = ({ value: text }) => {
  const range = typeof text === "string" ? parseRange(text) : undefined;
  return (
    range &&
    ((value) => {
      const version = typeof value === "string" ? parseVersion(value) : undefined;
      return version !== undefined && isInRange(range, version);
    })
  );
};

/** Every operator beyond Flagsmith's own, to be given to `compile`. */
export const furtherOperators: OperatorSet = {
  NOT_IN: notIn,
  STARTS_WITH: onText((text, wanted) => text.startsWith(wanted)),
  NOT_STARTS_WITH: onText((text, wanted) => !text.startsWith(wanted)),
  ENDS_WITH: onText((text, wanted) => text.endsWith(wanted)),
  NOT_ENDS_WITH: onText((text, wanted) => !text.endsWith(wanted)),
  NOT_REGEX: notRegex,
  BEFORE: before,
  AFTER: after,
  ON: on,
  SEMVER_RANGE: semverRange,
};
