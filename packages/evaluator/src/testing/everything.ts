import type { CompileOptions } from "../index.ts";
import { furtherOperators } from "../operators.ts";
import { re2Engine } from "../regex.ts";

/** What API, SDK and dashboard compile with. */
export const everything: CompileOptions = { regex: re2Engine, operators: furtherOperators };
