import type { AttributeScalar } from "@halyard/evaluator/model";
import { readTyped } from "../segments/index.ts";

export interface AttributesText {
  readonly attributes: Record<string, AttributeScalar>;
  /** The first line that says nothing. */
  readonly error: string | undefined;
}

/** One attribute a line: `plan = pro`. */
export function readAttributes(text: string): AttributesText {
  const attributes: Record<string, AttributeScalar> = {};
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const at = line.search(/[=:]/);
    const name = line.slice(0, at).trim();
    if (at === -1 || name === "")
      return { attributes, error: `Line ${index + 1}: write a name, =, and a value, such as plan = pro.` };
    attributes[name] = readTyped(line.slice(at + 1).trim());
  }
  return { attributes, error: undefined };
}
