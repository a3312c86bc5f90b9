/** What is live in one environment and who has it. */
export interface FootState {
  readonly version: number;
  /** Nobody counts clients here: the line says only what is live. */
  readonly uncounted?: boolean | undefined;
  /** Clients on a stream: they can confirm what they have. */
  readonly streaming: number;
  /** Of those, how many confirmed this version. */
  readonly confirmed: number;
  /** Estimated clients that poll; they confirm nothing and are never counted as having it. */
  readonly polling: number;
  /** Longest wait until the last of them asks again, in seconds. */
  readonly pollSeconds?: number | undefined;
  /** "14:05" when the live connection is gone. */
  readonly staleSince?: string | undefined;
}

const count = new Intl.NumberFormat("en");

/** The parts of the foot line after the version, honest about who cannot confirm. */
export function footSentence(state: FootState): readonly string[] {
  if (state.staleSince !== undefined) return [`no connection, showing ${state.staleSince}`];
  if (state.uncounted) return ["live"];
  if (state.streaming + state.polling === 0) return ["no client connected"];

  const parts: string[] = [];
  if (state.streaming > 0 && state.polling === 0) {
    parts.push(`${count.format(state.streaming)} ${state.streaming === 1 ? "client" : "clients"}`);
    parts.push(state.confirmed >= state.streaming ? "all have it" : `${count.format(state.confirmed)} have it`);
  } else if (state.streaming > 0) {
    parts.push(`${count.format(state.confirmed)} of ${count.format(state.streaming)} confirmed`);
  }
  if (state.polling > 0) {
    const next = state.pollSeconds === undefined ? "" : `, next ≤ ${state.pollSeconds} s`;
    parts.push(`≈ ${count.format(state.polling)} poll${next}`);
  }
  return parts;
}
