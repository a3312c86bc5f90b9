export interface ServerSentEvent {
  /** "message" where the server gave none. */
  readonly name: string;
  readonly data: string;
}

/**
 * Reads `text/event-stream` as it comes in, cut anywhere.
 *
 * @returns a function from the next piece of text to the events that it completes
 */
export function createEventParser(): (text: string) => ServerSentEvent[] {
  let rest = "";
  let isAfterReturn = false;
  let name = "";
  let data: string[] = [];

  function readLine(line: string): ServerSentEvent | undefined {
    if (line === "") {
      const event = data.length > 0 ? { name: name || "message", data: data.join("\n") } : undefined;
      name = "";
      data = [];
      return event;
    }
    const colon = line.indexOf(":");
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "data") data.push(value);
    if (field === "event") name = value;
    return undefined;
  }

  return (text) => {
    if (text === "") return [];
    // The second half of a line's end whose first half ended the line already.
    const fresh = isAfterReturn && text.startsWith("\n") ? text.slice(1) : text;
    isAfterReturn = text.endsWith("\r");
    const lines = (rest + fresh).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? "";
    return lines.flatMap((line) => readLine(line) ?? []);
  };
}
