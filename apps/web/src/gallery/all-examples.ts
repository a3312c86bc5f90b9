import type { Examples } from "../ui/examples.ts";

const modules = import.meta.glob<{ examples: Examples }>("../ui/*.examples.tsx", { eager: true });

/** By name, as the gallery lists them. */
export const allExamples: readonly Examples[] = Object.values(modules)
  .map((module) => module.examples)
  .sort((a, b) => a.part.localeCompare(b.part));
