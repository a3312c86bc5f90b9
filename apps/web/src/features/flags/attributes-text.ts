/** A trait's value as a program would send it: `12` and `true` are no words; quotes keep them words. */
export function readAttribute(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  const quoted = /^"(.*)"$/.exec(text)?.[1];
  if (quoted !== undefined) return quoted;
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

export interface AttributesText {
  readonly attributes: Record<string, string | number | boolean>;
  /** The first line that says nothing. */
  readonly error: string | undefined;
}

/** One attribute a line: `plan = pro`. */
export function readAttributes(text: string): AttributesText {
  const attributes: Record<string, string | number | boolean> = {};
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const at = line.search(/[=:]/);
    const name = line.slice(0, at).trim();
    if (at === -1 || name === "")
      return { attributes, error: `Line ${index + 1}: write a name, =, and a value, such as plan = pro.` };
    attributes[name] = readAttribute(line.slice(at + 1).trim());
  }
  return { attributes, error: undefined };
}
