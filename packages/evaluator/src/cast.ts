/**
 * How a trait's value is read, by the rules of Flagsmith's Python engine, which its API evaluates with:
 * a text that is a whole or decimal number *is* that number, for every operator.
 */
export type Scalar = string | number | boolean;

const INTEGER = /^-?[0-9]+$/;
const DECIMAL = /^-?[0-9]+\.[0-9]+$/;
const FLOAT = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
/** Longer digits stay text; a conversion would take time that grows with the square of their number. */
const MAX_DIGITS = 1_000;

/** A whole number too large for a double becomes a bigint: two long ids that differ in the last digit must not be equal. */
export function coerce(value: Scalar): Scalar | bigint {
  if (typeof value !== "string" || !mayBeNumber(value)) return value;
  if (INTEGER.test(value)) return integer(value);
  return DECIMAL.test(value) ? Number(value) : value;
}

/** What Python's `str` makes of the coerced value; this is what gets hashed, searched by a pattern, or looked up in a list. */
export function textOf(value: Scalar): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : floatText(value);
  if (!mayBeNumber(value)) return value;
  if (INTEGER.test(value)) return String(integer(value));
  return DECIMAL.test(value) ? floatText(Number(value)) : value;
}

/** The text under which a list of an IN holds the value; `undefined` where no list ever holds it: booleans and fractions. */
export function memberText(value: Scalar): string | undefined {
  if (typeof value === "boolean") return undefined;
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : undefined;
  return mayBeNumber(value) && DECIMAL.test(value) ? undefined : textOf(value);
}

/** A condition's text as a number: an optional sign, digits with at most one point, an optional exponent, spaces around. */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return FLOAT.test(trimmed) ? Number(trimmed) : undefined;
}

/** The exact value of a condition's whole number that a double cannot hold. */
export function parseLargeInteger(text: string): bigint | undefined {
  const trimmed = text.trim();
  const value = INTEGER.test(trimmed) ? integer(trimmed) : undefined;
  return typeof value === "bigint" ? value : undefined;
}

/** Order by code points: UTF-16 units would put U+1F600 before U+FF5E. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const mine = a.charCodeAt(i);
    const theirs = b.charCodeAt(i);
    if (mine !== theirs) return rank(mine) - rank(theirs);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

function mayBeNumber(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first >= 0x30 && first <= 0x39) || first === 0x2d;
}

function integer(digits: string): number | bigint | string {
  const value = Number(digits);
  if (Number.isSafeInteger(value)) return value;
  return digits.length > MAX_DIGITS ? digits : BigInt(digits);
}

function floatText(value: number): string {
  const size = Math.abs(value);
  if (size === Infinity) return value > 0 ? "inf" : "-inf";
  if (size >= 1e16 || (size < 1e-4 && size > 0)) return value.toExponential().replace(/([+-])([0-9])$/, "$10$2");
  const text = Object.is(value, -0) ? "-0" : String(value);
  return Number.isInteger(value) ? `${text}.0` : text;
}
