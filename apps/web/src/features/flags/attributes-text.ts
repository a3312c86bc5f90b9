import { readTyped } from "../segments/index.ts";

export interface AttributesText {
  readonly attributes: Record<string, ReturnType<typeof readTyped>>;
  /** The first line that says nothing. */
  readonly error: string | undefined;
}

/** One attribute a line: `plan = pro`, `teams = ["a", "b"]`. */
export function readAttributes(text: string): AttributesText {
  const attributes: AttributesText["attributes"] = {};
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
