import { invalid } from "../errors.ts";
import lines from "./common-passwords.json" with { type: "json" };

/** Whose password it is to be, in words that others know too. */
export interface PasswordOwner {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly organisation?: string | undefined;
}

/** Ten thousand passwords that people really use, from zxcvbn's list (MIT, Dropbox and zxcvbn-ts). */
const COMMON: ReadonlySet<string> = new Set(lines.flatMap((line) => line.split(" ")));
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "l",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
};
const RUNS = [
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "01234567890123456789",
  "qazwsxedcrfvtgbyhnujmikolp",
].flatMap((run) => [run.repeat(2), run.split("").reverse().join("").repeat(2)]);
/** A known word is worth nothing; so many characters beside it must be left. */
const OWN_CHARACTERS = 8;
const SHORTEST_WORD = 4;

/**
 * Refuses what guessers try first. Length is the schemas' business; this is about words.
 *
 * @throws AppError `invalid`
 */
export function refuseWeakPassword(password: string, owner: PasswordOwner, field = "password"): void {
  if (isCommon(password)) {
    throw invalid(field, "This password is among those that are tried first; use several words that do not belong together.");
  }
  const known = wordsOf(owner).find((word) => leftWithout(password, word) < OWN_CHARACTERS);
  if (known !== undefined) throw invalid(field, `Others know \`${known}\` too; use a password that does not rest on it.`);
}

function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  const forms = [lower, coreOf(lower)].flatMap((it) => [it, it.replace(/[013457@$]/g, (sign) => LOOKS_LIKE[sign] ?? sign)]);
  return (
    forms.some((it) => isKnown(it) || isKnown(unitOf(it)) || isKnown(coreOf(it))) || isRun(lower) || new Set(lower).size <= 3
  );
}

const isKnown = (word: string): boolean => word !== "" && COMMON.has(word);

/** `abcabcabc` rests on `abc`. */
function unitOf(text: string): string {
  const length = (text + text).indexOf(text, 1);
  return text.slice(0, length);
}

/** Without digits and signs around it, where these are not the larger part. */
function coreOf(text: string): string {
  const core = text.replace(/^[^a-z]+|[^a-z]+$/g, "");
  return core.length * 2 >= text.length ? unitOf(core) : "";
}

const isRun = (text: string): boolean => RUNS.some((run) => run.includes(text));

function wordsOf({ email, name, organisation }: PasswordOwner): string[] {
  const local = email?.split("@", 1)[0];
  const words = [
    local,
    ...(local?.split(/[._+-]/) ?? []),
    ...(name?.split(/\s+/) ?? []),
    organisation,
    ...(organisation?.split(/\s+/) ?? []),
  ];
  return words.flatMap((word) => (word !== undefined && word.length >= SHORTEST_WORD ? [word] : []));
}

function leftWithout(password: string, word: string): number {
  const lower = password.toLowerCase();
  const without = lower.replaceAll(word.toLowerCase(), "");
  return without.length === lower.length ? Number.POSITIVE_INFINITY : without.length;
}
