import { AppError } from "../errors.ts";

/** Arrays and objects in one another; no schema needs as many, and what walks a body may walk it by calling itself. */
const DEEPEST = 64;

/** Refuses a body before anything is made of it. @throws AppError `invalid` */
export function refuseDeepJson(text: string): void {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (isInString) {
      if (sign === "\\") at++;
      else if (sign === '"') isInString = false;
    } else if (sign === '"') isInString = true;
    else if (sign === "[" || sign === "{") {
      depth++;
      if (depth > DEEPEST) throw new AppError("invalid", `The body is nested more than ${DEEPEST} deep; send a flatter one.`);
    } else if (sign === "]" || sign === "}") depth--;
  }
}
