import { decodeVersion, invalid } from "./decode.ts";
import { HalyardError } from "./errors.ts";
import { isRecord } from "./json.ts";

/**
 * Puts events together that came in pieces.
 *
 * @returns a function from a message to the event that it is or completes; none where more is to come
 */
export function createParts(): (message: unknown) => unknown[] {
  let texts: string[] = [];
  return (message) => {
    if (!isRecord(message) || message["type"] !== "part") {
      // Pieces that another event interrupts are forgotten.
      texts = [];
      return [message];
    }
    const { text } = message;
    const index = decodeVersion(message["index"], "index");
    const count = decodeVersion(message["count"], "count");
    if (typeof text !== "string") throw invalid("text");
    if (index === 0) texts = [];
    if (index !== texts.length) return [];
    texts.push(text);
    if (texts.length < count) return [];
    const whole = texts.join("");
    texts = [];
    try {
      const event: unknown = JSON.parse(whole);
      return [event];
    } catch (cause) {
      throw new HalyardError("INVALID_MESSAGE", "The server sent malformed JSON; it was not applied.", { cause });
    }
  };
}
