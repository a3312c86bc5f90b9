import type { Rule } from "@halyard/evaluator/model";

export const clockBoundaries = (_rules: readonly Rule[]): Date[] => [];
