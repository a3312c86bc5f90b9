import type { Condition } from "@halyard/evaluator";
import type { Workload } from "../workloads.ts";

/** An SDK's evaluation, loaded with a workload in the SDK's own form and asked through its public door. */
export interface Engine {
  readonly name: string;
  /** One flag's value for the workload's context `at`. */
  one(flagKey: string, at: number): unknown;
  /** Reads the value of every flag for the context `at`, and answers with the values' total length. */
  all(at: number): number | Promise<number>;
  /** All values of one context at once, where asking one by one would evaluate all each time. */
  reader?(at: number): Promise<(flagKey: string) => unknown>;
  close?(): void | Promise<void>;
}

export type LoadEngine = (workload: Workload) => Engine | Promise<Engine>;

/** The value of an override, variant or flag: workloads have texts only. */
export function textOf(value: unknown): string {
  if (typeof value !== "string") throw new Error(`Not a text: ${JSON.stringify(value)}`);
  return value;
}

export interface Translation<T> {
  isIn(property: string, members: readonly string[]): T;
  isGreater(property: string, than: number): T;
  isNot(property: string, value: number): T;
}

export function translate<T>({ operator, property, value }: Condition, to: Translation<T>): T {
  const text = textOf(value);
  if (operator === "IN") return to.isIn(property, text.split(","));
  if (operator === "GREATER_THAN") return to.isGreater(property, Number(text));
  if (operator === "NOT_EQUAL") return to.isNot(property, Number(text));
  throw new Error(`No workload has ${operator}.`);
}
