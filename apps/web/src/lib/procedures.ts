import type { AppRouter } from "@halyard/api/router";

type Procedures = AppRouter["_def"]["record"];

type PathsOf<Kind extends string> = {
  [R in keyof Procedures]: {
    [P in keyof Procedures[R] & string]: Procedures[R][P] extends { _def: { type: Kind } } ? `${R}.${P}` : never;
  }[keyof Procedures[R] & string];
}[keyof Procedures];

/** `"flags.list"` */
export type QueryPath = PathsOf<"query">;
/** `"flags.setEnabled"` */
export type MutationPath = PathsOf<"mutation">;

type TypesOf<Path extends QueryPath | MutationPath> = Path extends `${infer R}.${infer P}`
  ? R extends keyof Procedures
    ? P extends keyof Procedures[R]
      ? Procedures[R][P] extends { _def: { $types: infer T } }
        ? T
        : never
      : never
    : never
  : never;

export type InputOf<Path extends QueryPath | MutationPath> = TypesOf<Path> extends { input: infer I } ? I : never;
/** All answers are plain JSON, so what the server returns is what arrives. */
export type OutputOf<Path extends QueryPath | MutationPath> = TypesOf<Path> extends { output: infer O } ? O : never;
