import { valueWords } from "../../lib/value-words.ts";
import type { FlagDetail, FlagSummary, Prerequisite, State, ValueType } from "./flag.ts";
import { stateIn } from "./flag.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });
const percent = new Intl.NumberFormat("en", { maximumFractionDigits: 3 });
const number = new Intl.NumberFormat("en");

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** What one state gives, within a sentence: "on", "off", "50", "25 % gift-guide, “Autumn sale” for the rest". */
export function stateWords(valueType: ValueType, state: State): string {
  if (!state.enabled) return "off";
  const parts = state.weights.filter(({ weight }) => weight > 0).map((it) => `${percent.format(it.weight)} % ${it.variant}`);
  const own = valueType === "boolean" ? "on" : valueWords(state.value);
  if (parts.length === 0) return own;
  const given = state.weights.reduce((sum, { weight }) => sum + weight, 0);
  return given >= 100 ? list.format(parts) : `${parts.join(", ")}, ${own} for the rest`;
}

function forWhom(words: string, whom: string): string {
  if (!words.endsWith("for the rest")) return `${words} for ${whom}`;
  return whom === "everyone" ? words : `${words} of ${whom}`;
}

/** The whole flag, read aloud: "20 for Loyal customers, 50 for everyone else". */
export function flagSentence(flag: FlagDetail): string {
  const groups: { words: string; names: string[] }[] = [];
  for (const override of flag.segmentOverrides) {
    const words = stateWords(flag.valueType, override);
    const last = groups.at(-1);
    if (last?.words === words) last.names.push(override.segment.name);
    else groups.push({ words, names: [override.segment.name] });
  }
  const rest = stateWords(flag.valueType, flag.state);
  const parts = groups.map(({ words, names }) => forWhom(words, list.format(names)));
  const sentence = [...parts, parts.length === 0 ? forWhom(rest, "everyone") : forWhom(rest, "everyone else")].join(", ");
  const whole = withPeople(sentence, flag.identityOverrides.length);
  return capital(flag.prerequisites.length === 0 ? whole : `${whole}; ${requirementsSentence(flag.prerequisites)}`);
}

/** The same before the segments' names are known. */
export function summarySentence(flag: FlagSummary, environment: string): string {
  const state = stateIn(flag, environment);
  if (!state) return "";
  const { segmentOverrides: segments } = state;
  const everyone = segments === 0 ? "everyone" : `everyone outside ${segments === 1 ? "one segment" : `${segments} segments`}`;
  return capital(withPeople(forWhom(stateWords(flag.valueType, state), everyone), state.identityOverrides));
}

/** "on", "off", "answering dark" */
export const requirementWords = ({ enabled, variant }: Pick<Prerequisite, "enabled" | "variant">): string =>
  variant === null ? (enabled ? "on" : "off") : `answering ${variant}`;

/** "on only while payments is on and theme is answering dark"; "free of other flags" where nothing is required. */
export function requirementsSentence(prerequisites: readonly Prerequisite[]): string {
  if (prerequisites.length === 0) return "free of other flags";
  return `on only while ${list.format(prerequisites.map((it) => `${it.flag} is ${requirementWords(it)}`))}`;
}

const withPeople = (sentence: string, people: number): string =>
  people === 0
    ? sentence
    : `${sentence}; ${people === 1 ? "one identity has" : `${number.format(people)} identities have`} their own`;

const OFF_MEANS: Readonly<Record<ValueType, string>> = {
  boolean: "Off means the code reads false.",
  string: "Off means the code uses its own default text; Flagsmith clients still receive the value.",
  number: "Off means the code uses its own default number; Flagsmith clients still receive the value.",
  json: "Off means the code uses its own default; Flagsmith clients still receive the value.",
};

export const offMeans = (valueType: ValueType): string => OFF_MEANS[valueType];

/** Who is touched by raising or lowering a flag: one sentence before it happens. */
export function switchConsequence(
  flag: FlagSummary,
  to: boolean,
  place: { readonly slug: string; readonly name: string },
): string {
  const state = stateIn(flag, place.slug);
  const goes = `It goes ${to ? "on" : "off"} in ${place.name} for everyone`;
  if (!state || state.segmentOverrides + state.identityOverrides === 0) return `${goes}, at once.`;
  const own = [
    ...(state.segmentOverrides > 0 ? [state.segmentOverrides === 1 ? "one segment" : `${state.segmentOverrides} segments`] : []),
    ...(state.identityOverrides > 0
      ? [state.identityOverrides === 1 ? "one identity" : `${state.identityOverrides} identities`]
      : []),
  ];
  return `${goes} except ${list.format(own)} with a rule of their own, at once.`;
}
