import type { Scalar } from "./cast.ts";
import type { Subject } from "./subject.ts";

export type Read<T = Scalar> = (subject: Subject) => T | null;

/** What may be the value of an attribute, of whatever is there. */
export type Take<T> = (value: unknown) => T | null;

/** RFC 9535's two ways to name a member of the traits; anything else that starts with `$.` is a trait's literal name. */
const DOT = /^\$\.identity\.traits\.([A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)$/;
const BRACKET = /^\$\.identity\.traits\[(?:'([^'\\]*)'|"([^"\\]*)")\]$/;

/** A trait literally named like a path wins over the path. */
export function compileProperty<T>(property: string, take: Take<T>): Read<T | Scalar> {
  const literal = trait(property, take);
  const path = compilePath(property, take);
  return path === undefined ? literal : (subject) => literal(subject) ?? path(subject);
}

export const takeScalar: Take<Scalar> = (value) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;

function compilePath<T>(property: string, take: Take<T>): Read<T | Scalar> | undefined {
  switch (property) {
    case "$.environment.name":
      return (subject) => subject.environmentName;
    case "$.identity.identifier":
      return (subject) => subject.identifier;
    case "$.identity.key":
      return (subject) => subject.key;
  }
  const name = DOT.exec(property)?.[1] ?? bracketName(property);
  return name === undefined ? undefined : trait(name, take);
}

function bracketName(property: string): string | undefined {
  const found = BRACKET.exec(property);
  return found?.[1] ?? found?.[2];
}

/** Own attributes only, so that `constructor` is not a trait; what cannot be taken counts as not set. */
function trait<T>(name: string, take: Take<T>): Read<T> {
  return (subject) => (Object.hasOwn(subject.attributes, name) ? take(subject.attributes[name]) : null);
}
