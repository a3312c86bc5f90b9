import { NOW } from "./operators.ts";

/** How a date condition's value is written: a day, an instant, or the time of evaluation. */
export type DateKind = "day" | "instant" | "now";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A time without a zone would be another moment on each machine. */
const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}.*([Zz]|[+-]\d{2}(:?\d{2})?)$/;

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const instant = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
const local = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

export const dateKind = (value: string): DateKind => (value === NOW ? "now" : value.includes(":") ? "instant" : "day");

/** Undefined for what is no date yet. */
function timeOf(value: string): Date | undefined {
  if (!DAY.test(value) && !INSTANT.test(value)) return undefined;
  const at = new Date(value.replace(" ", "T"));
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** "1 March 2026 (UTC)", "1 March 2026, 09:30 UTC", "now"; anything else as it is written. */
export function dateWords(value: string): string {
  if (value === NOW) return "now";
  const at = timeOf(value);
  if (at === undefined) return value === "" ? "…" : value;
  return DAY.test(value) ? `${day.format(at)} (UTC)` : `${instant.format(at).replace(" at ", ", ")} UTC`;
}

/** The instant in the viewer's zone, "1 Mar 2026, 10:30"; nothing for a day, which is UTC's everywhere. */
export function localWords(value: string): string | undefined {
  const at = DAY.test(value) ? undefined : timeOf(value);
  return at && local.format(at).replace(" at ", ", ");
}

/** What a browser's box for day and time shows for an instant, in UTC: `2026-03-01T09:30`. */
export function toBox(value: string): string {
  return timeOf(value)?.toISOString().slice(0, 16) ?? "";
}

/** The other way round; a box that is empty says nothing. */
export const fromBox = (text: string): string => (text === "" ? "" : `${text.slice(0, 16)}:00Z`);

/** The same moment written in another way, as far as it can be. */
export function asKind(value: string, kind: DateKind): string {
  if (kind === "now") return NOW;
  const text = toBox(value);
  if (text === "") return "";
  return kind === "day" ? text.slice(0, 10) : fromBox(text);
}
