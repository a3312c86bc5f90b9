import type { Evaluation } from "./model.ts";

/** The answers for all flags by key. A view on two arrays and a shared index, as building a `Map` would cost more than evaluating. */
export class Evaluations implements ReadonlyMap<string, Evaluation> {
  readonly #positions: ReadonlyMap<string, number>;
  /** In the order of the snapshot's flags. */
  readonly outcomes: readonly Evaluation[];

  constructor(positions: ReadonlyMap<string, number>, outcomes: readonly Evaluation[]) {
    this.#positions = positions;
    this.outcomes = outcomes;
  }

  get size(): number {
    return this.#positions.size;
  }

  has(key: string): boolean {
    return this.#positions.has(key);
  }

  get(key: string): Evaluation | undefined {
    return this.outcomes[this.#positions.get(key) ?? -1];
  }

  keys(): MapIterator<string> {
    return this.#positions.keys();
  }

  *entries(): Generator<[string, Evaluation], undefined> {
    for (const [key, position] of this.#positions) {
      const outcome = this.outcomes[position];
      if (outcome !== undefined) yield [key, outcome];
    }
  }

  *values(): Generator<Evaluation, undefined> {
    for (const [, outcome] of this.entries()) yield outcome;
  }

  [Symbol.iterator](): Generator<[string, Evaluation], undefined> {
    return this.entries();
  }

  forEach(visit: (outcome: Evaluation, key: string, all: ReadonlyMap<string, Evaluation>) => void): void {
    for (const [key, outcome] of this.entries()) visit(outcome, key, this);
  }
}
