import type { Attributes, Rule } from "@halyard/evaluator";
import type { Accessor } from "solid-js";
import { createMemo, createSignal } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import type { Sample, Verdict } from "./match-preview.ts";
import { readTyped, verdictOf, writeTyped } from "./match-preview.ts";
import { propertiesOf } from "./rules.ts";

export interface SampleForm {
  readonly identifier: Accessor<string>;
  readonly setIdentifier: (identifier: string) => void;
  /** Traits that the rules look at, and those taken over from somebody. */
  readonly traits: Accessor<readonly string[]>;
  readonly textOf: (trait: string) => string;
  readonly setText: (trait: string, text: string) => void;
  /** Takes over what is known of somebody. */
  readonly take: (identifier: string, traits: Attributes) => void;
  /** Undefined while nothing is filled in. */
  readonly sample: Accessor<Sample | undefined>;
  readonly verdict: Accessor<Verdict | undefined>;
}

const isTrait = (property: string): boolean => !property.startsWith("$.");
/** `$.identity.traits.plan` looks at the trait `plan`. */
const traitName = (property: string): string => /^\$\.identity\.traits\.(.+)$/.exec(property)?.[1] ?? property;

/** Somebody made up, to see at once whether the rules have them. */
export function createSample(rules: Accessor<readonly Rule[]>, environment: Accessor<string>): SampleForm {
  const [identifier, setIdentifier] = createSignal("");
  const [texts, setTexts] = createStore<Record<string, string>>({});
  const traits = createMemo(() => [
    ...new Set([...propertiesOf(rules()).map(traitName).filter(isTrait), ...Object.keys(texts).filter((name) => texts[name])]),
  ]);
  const sample = createMemo((): Sample | undefined => {
    const filled = Object.entries(texts).filter(([, text]) => text !== "");
    if (identifier() === "" && filled.length === 0) return undefined;
    const attributes = Object.fromEntries(filled.map(([name, text]) => [name, readTyped(text)]));
    return {
      context: { attributes, ...(identifier() !== "" && { targetingKey: identifier() }) },
      environment: environment(),
    };
  });

  return {
    identifier,
    setIdentifier,
    traits,
    textOf: (trait) => texts[trait] ?? "",
    setText: (trait, text) => setTexts(trait, text),
    take: (name, known) => {
      setIdentifier(name);
      setTexts(reconcile(Object.fromEntries(Object.entries(known).map(([key, value]) => [key, writeTyped(value)]))));
    },
    sample,
    verdict: createMemo(() => {
      const tried = sample();
      return tried && verdictOf(rules(), tried);
    }),
  };
}
