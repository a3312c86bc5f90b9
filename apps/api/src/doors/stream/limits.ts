/** What one process takes on. Whoever is turned away is told when to come again, and another process may have room. */
export interface StreamLimits {
  readonly connections: number;
  readonly connectionsPerKey: number;
  /** IPv6 addresses count by their /64. */
  readonly connectionsPerAddress: number;
  /** Sustained; twice as many may come at once. */
  readonly connectsPerSecond: number;
  /** Large snapshots under way at once. */
  readonly transfers: number;
  /** Whoever has not taken a large snapshot by then is sent away. */
  readonly transferSeconds: number;
}

export const STREAM_LIMITS: StreamLimits = {
  connections: 50_000,
  connectionsPerKey: 50_000,
  connectionsPerAddress: 10_000,
  connectsPerSecond: 2_000,
  transfers: 32,
  transferSeconds: 30,
};
