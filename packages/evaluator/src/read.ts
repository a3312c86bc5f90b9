/** Readers of untrusted input: each returns what it read or throws `Refused`; paths are only built once something is wrong. */
export type Reader<T> = (input: unknown) => T;

export class Refused extends Error {
  path = "";
}

/** Runs a reader; any error, also one that the input itself throws, becomes the sentence `<path>: <what is wrong>`. */
export function attempt<T>(
  read: () => T,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string } {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (!(error instanceof Refused)) return { ok: false, error: "(root): cannot be read" };
    return { ok: false, error: `${error.path.replace(/^\./, "") || "(root)"}: ${error.message}` };
  }
}

export function within<T>(step: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refused) error.path = step + error.path;
    throw error;
  }
}

export type Fields = <T>(name: string, read: Reader<T>) => T;
/** To be spread: nothing where the member is missing. */
export type OptionalFields = <N extends string, T>(name: N, read: Reader<T>) => { readonly [K in N]?: T };

/** An object's own members by name; others are ignored, so that a newer server may send more. */
export function object<T>(input: unknown, build: (field: Fields, optional: OptionalFields) => T): T {
  if (!isObject(input) || Array.isArray(input)) throw new Refused("must be an object");
  const valueOf = (name: string) => (Object.hasOwn(input, name) ? input[name] : undefined);
  const field: Fields = (name, read) => within(`.${name}`, () => read(valueOf(name)));
  const optional: OptionalFields = <N extends string, T>(name: N, read: Reader<T>) =>
    (valueOf(name) === undefined ? {} : { [name]: field(name, read) }) as { readonly [K in N]?: T };
  return build(field, optional);
}

export function list<T>(read: Reader<T>): Reader<readonly T[]> {
  return (input) => {
    if (!Array.isArray(input)) throw new Refused("must be a list");
    const entries: T[] = [];
    for (let i = 0; i < input.length; i++) entries.push(within(`[${i}]`, () => read(input[i])));
    return entries;
  };
}

export function unique<T>(name: string, of: (entry: T) => string | number, read: Reader<readonly T[]>): Reader<readonly T[]> {
  return (input) => {
    const entries = read(input);
    const seen = new Set<string | number>();
    for (const [i, entry] of entries.entries()) {
      const key = of(entry);
      if (seen.has(key)) within(`[${i}].${name}`, () => refuse(`${JSON.stringify(key)} is there twice`));
      seen.add(key);
    }
    return entries;
  };
}

export function nullable<T>(read: Reader<T>): Reader<T | null> {
  return (input) => (input === null ? null : read(input));
}

export function oneOf<T extends string>(words: readonly T[]): Reader<T> {
  return (input) => words.find((word) => word === input) ?? refuse(`must be one of ${words.join(", ")}`);
}

export const text: Reader<string> = (input) => (typeof input === "string" ? input : refuse("must be a string"));

export const flag: Reader<boolean> = (input) => (typeof input === "boolean" ? input : refuse("must be true or false"));

export const integer: Reader<number> = (input) =>
  typeof input === "number" && Number.isSafeInteger(input) ? input : refuse("must be a whole number");

export const percent: Reader<number> = (input) =>
  typeof input === "number" && input >= 0 && input <= 100 ? input : refuse("must be a number from 0 to 100");

export function refuse(message: string): never {
  throw new Refused(message);
}

export function isObject(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === "object" && input !== null;
}
