import { compareVersions, parseVersion, type Version } from "./semver.ts";

type Relation = "<" | "<=" | ">" | ">=" | "=";

interface Comparator {
  readonly relation: Relation;
  readonly version: Version;
}

/** Any of the lists, of which all must hold; an empty list holds for every release. */
export type VersionRange = readonly (readonly Comparator[])[];

const OPEN = /^[xX*]$/;
const X = "[xX*]|0|[1-9][0-9]{0,14}";
const IDS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
const PARTIAL = `v?(${X})(?:\\.(${X})(?:\\.(${X})(?:-(${IDS}))?(?:\\+${IDS})?)?)?`;
const HYPHEN = new RegExp(`^(${PARTIAL})\\s+-\\s+(${PARTIAL})$`);
const SIMPLE = new RegExp(`^(\\^|~>?|[<>]=?|=)?${PARTIAL}$`);

/** A version of which the parts from some place on are left open. */
interface OpenVersion {
  readonly parts: readonly number[];
  readonly prerelease: string;
}

/** npm's ranges: `^1.2`, `~1.2.3`, `1.x`, `>=1.2 <2`, `1.2 - 1.4`, and any of these by `||`. `undefined` for anything else. */
export function parseRange(text: string): VersionRange | undefined {
  if (text.trim() === "") return undefined;
  const lists = text.split("||").map((part) => parseList(part.trim()));
  if (!lists.every((list) => list !== undefined)) return undefined;
  // What holds for every release makes the rest idle, also where that names versions before a release.
  return lists.some((list) => list.every(isIdle)) ? [[]] : lists;
}

function isIdle({ relation, version }: Comparator): boolean {
  return relation === ">=" && version.prerelease.length === 0 && version.core.every((part) => part === "0");
}

/** As npm has it, a version before a release is only in a range that names one before the same release. */
export function isInRange(range: VersionRange, version: Version): boolean {
  return range.some(
    (list) =>
      list.every(({ relation, version: bound }) => holds(relation, compareVersions(version, bound))) &&
      (version.prerelease.length === 0 ||
        list.some(({ version: bound }) => bound.prerelease.length > 0 && bound.core.join() === version.core.join())),
  );
}

function holds(relation: Relation, order: number): boolean {
  if (order === 0) return relation !== "<" && relation !== ">";
  return relation.startsWith(order < 0 ? "<" : ">");
}

function parseList(text: string): readonly Comparator[] | undefined {
  const hyphen = HYPHEN.exec(text);
  if (hyphen !== null) {
    const [low, high] = [partialOf(hyphen.slice(2, 6)), partialOf(hyphen.slice(7, 11))];
    return low && high && [...compared(">=", low), ...compared("<=", high)];
  }
  const lists = text
    .replaceAll(/([<>=~^])\s+(?=[0-9vxX*])/g, "$1")
    .split(/\s+/)
    .map(parseSimple);
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
}

function parseSimple(text: string): readonly Comparator[] | undefined {
  if (text === "") return [];
  const found = SIMPLE.exec(text);
  const partial = found ? partialOf(found.slice(2, 6)) : undefined;
  if (partial === undefined) return undefined;
  const operator = found?.[1] ?? "=";
  const last = partial.parts.length - 1;
  switch (operator) {
    case "^": {
      const firstSet = partial.parts.findIndex((part) => part > 0);
      return span(partial, firstSet < 0 ? last : firstSet);
    }
    case "~":
    case "~>":
      return span(partial, Math.min(last, 1));
    case "=":
      return last === 2 ? [comparator("=", partial)] : span(partial, last);
    default:
      return compared(operator as Relation, partial);
  }
}

/** From the partial version on, as long as no part up to `place` is another one. */
function span(partial: OpenVersion, place: number): readonly Comparator[] {
  return partial.parts.length === 0 ? [] : [comparator(">=", partial), before(next(partial, place))];
}

/** A relation to all versions that a partial one stands for. */
function compared(relation: Relation, partial: OpenVersion): readonly Comparator[] {
  const { length } = partial.parts;
  if (length === 3) return [comparator(relation, partial)];
  if (length === 0) return relation === ">" || relation === "<" ? [before(partial)] : [];
  if (relation === "<") return [before(partial)];
  if (relation === "<=") return [before(next(partial, length - 1))];
  return [comparator(">=", relation === ">" ? next(partial, length - 1) : partial)];
}

/** Before the version and also before all that come before its release. */
function before({ parts }: OpenVersion): Comparator {
  return comparator("<", { parts, prerelease: "0" });
}

function next({ parts }: OpenVersion, place: number): OpenVersion {
  return { parts: [...parts.slice(0, place), (parts[place] ?? 0) + 1], prerelease: "" };
}

function comparator(relation: Relation, { parts, prerelease }: OpenVersion): Comparator {
  const core = [0, 1, 2].map((place) => String(parts[place] ?? 0));
  return { relation, version: { core, prerelease: prerelease === "" ? [] : prerelease.split(".") } };
}

function partialOf([major, minor, patch, prerelease = ""]: readonly (string | undefined)[]): OpenVersion | undefined {
  // The prerelease must be one that a version can have.
  if (prerelease !== "" && parseVersion(`0.0.0-${prerelease}`) === undefined) return undefined;
  const texts = [major, minor, patch];
  const open = texts.findIndex((text) => text === undefined || OPEN.test(text));
  // npm refuses some numbers behind an open part and ignores others.
  if (open >= 0 && texts.slice(open).some((text) => text !== undefined && !OPEN.test(text))) return undefined;
  return open < 0 ? { parts: texts.map(Number), prerelease } : { parts: texts.slice(0, open).map(Number), prerelease: "" };
}
