import type { Scalar } from "./cast.ts";
import type { Subject } from "./subject.ts";

export type Read = (subject: Subject) => Scalar | null;

/** RFC 9535's two ways to name a member of the traits; anything else that starts with `$.` is a trait's literal name. */
const DOT = /^\$\.identity\.traits\.([A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)$/;
const BRACKET = /^\$\.identity\.traits\[(?:'([^'\\]*)'|"([^"\\]*)")\]$/;

/** A trait literally named like a path wins over the path. */
export function compileProperty(property: string): Read {
  const literal = trait(property);
  const path = compilePath(property);
  return path === undefined ? literal : (subject) => literal(subject) ?? path(subject);
}

function compilePath(property: string): Read | undefined {
  switch (property) {
    case "$.environment.name":
      return (subject) => subject.environmentName;
    case "$.identity.identifier":
      return (subject) => subject.identifier;
    case "$.identity.key":
      return (subject) => subject.key;
  }
  const name = DOT.exec(property)?.[1] ?? bracketName(property);
  return name === undefined ? undefined : trait(name);
}

function bracketName(property: string): string | undefined {
  const found = BRACKET.exec(property);
  return found?.[1] ?? found?.[2];
}

/** Own attributes only, so that `constructor` is not a trait; what is no scalar counts as not set. */
function trait(name: string): Read {
  return (subject) => {
    if (!Object.hasOwn(subject.attributes, name)) return null;
    const value: unknown = subject.attributes[name];
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
  };
}
