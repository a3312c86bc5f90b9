const DAY_MS = 86_400_000;
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?([Zz]|[+-]\d{2}(?::?\d{2})?))?$/;

/**
 * Reads a date (midnight in UTC) or an instant of ISO 8601 / RFC 3339. A time must say its zone: without one it would be another
 * moment on each machine. Fractions below a millisecond are cut off.
 *
 * @returns milliseconds since 1970; `undefined` for any other text and for days that do not exist
 */
export function parseInstant(text: string): number | undefined {
  const found = ISO.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = found;
  const midnight = new Date(0);
  // Unlike `Date.UTC` this takes the years before 100 as they are.
  midnight.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const exists = midnight.getUTCMonth() === Number(month) - 1 && midnight.getUTCDate() === Number(day);
  const offset = offsetMinutes(zone);
  if (!exists || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || offset === undefined) return undefined;
  const minutes = Number(hour) * 60 + Number(minute) - offset;
  return midnight.getTime() + minutes * 60_000 + Number(second) * 1_000 + Number(fraction.padEnd(3, "0").slice(0, 3));
}

/** The UTC day of an instant, counted from 1970. */
export function dayOf(instant: number): number {
  return Math.floor(instant / DAY_MS);
}

/** The first instant of a day. */
export function startOfDay(day: number): number {
  return day * DAY_MS;
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", ""));
  if (hours > 23 || minutes > 59) return undefined;
  return (hours * 60 + minutes) * (zone.startsWith("-") ? -1 : 1);
}
