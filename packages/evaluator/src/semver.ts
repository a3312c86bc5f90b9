/** A version of SemVer 2.0.0. Numbers stay text, so that none is too large; build metadata has no order and is dropped. */
export interface Version {
  readonly core: readonly string[];
  readonly prerelease: readonly string[];
}

const NUMBER = /^(?:0|[1-9][0-9]*)$/;
const DIGITS = /^[0-9]+$/;
const IDENTIFIER = /^[0-9A-Za-z-]+$/;

/** `undefined` for anything that is not exactly a version: no leading `v`, no spaces, no missing part. */
export function parseVersion(text: string): Version | undefined {
  const plus = text.indexOf("+");
  if (
    plus >= 0 &&
    !text
      .slice(plus + 1)
      .split(".")
      .every(isIdentifier)
  )
    return undefined;
  const version = plus < 0 ? text : text.slice(0, plus);
  const dash = version.indexOf("-");
  const core = (dash < 0 ? version : version.slice(0, dash)).split(".");
  const prerelease = dash < 0 ? [] : version.slice(dash + 1).split(".");
  if (core.length !== 3 || !core.every((part) => NUMBER.test(part))) return undefined;
  return prerelease.every((part) => isIdentifier(part) && (!DIGITS.test(part) || NUMBER.test(part)))
    ? { core, prerelease }
    : undefined;
}

/** Negative, zero or positive: SemVer 2.0.0, section 11. */
export function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < 3; i++) {
    const order = compareNumbers(a.core[i] ?? "", b.core[i] ?? "");
    if (order !== 0) return order;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length;
  return comparePrereleases(a.prerelease, b.prerelease);
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const mine = a[i] ?? "";
    const theirs = b[i] ?? "";
    const isNumber = DIGITS.test(mine);
    const order =
      isNumber !== DIGITS.test(theirs)
        ? isNumber
          ? -1
          : 1
        : isNumber
          ? compareNumbers(mine, theirs)
          : compareAscii(mine, theirs);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Without leading zeros the longer number is the larger one. */
function compareNumbers(a: string, b: string): number {
  return a.length - b.length || compareAscii(a, b);
}

function compareAscii(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isIdentifier(part: string): boolean {
  return IDENTIFIER.test(part);
}
