/** Plain numbers that the doors keep while they work; whoever publishes metrics reads them. Zero at the start of the process. */
export interface StreamCounts {
  /** Who listens to server-sent events, by door. */
  readonly listeners: Record<string, number>;
  /** What is there now. */
  readonly open: {
    connections: number;
    environment: number;
    flags: number;
    /** Large snapshots under way, and those that wait for their turn. */
    transfers: number;
    waitingTransfers: number;
    /** Bytes that slow readers have not taken, as of the last second. */
    unsentBytes: number;
  };
  /** What has happened so far. */
  readonly total: {
    connections: number;
    /** Events sent, to all connections together. */
    events: number;
    bytes: number;
    /** Times that a slow reader was left out, to get the newest state later. */
    collapsed: number;
  };
  /** Connections that were turned away, by reason. */
  readonly refused: { rate: number; address: number; key: number; total: number; closing: number };
  /** Connections that were ended, by reason. */
  readonly closed: { slow: number; unauthenticated: number; silent: number; restart: number };
}

export const createStreamCounts = (): StreamCounts => ({
  listeners: {},
  open: { connections: 0, environment: 0, flags: 0, transfers: 0, waitingTransfers: 0, unsentBytes: 0 },
  total: { connections: 0, events: 0, bytes: 0, collapsed: 0 },
  refused: { rate: 0, address: 0, key: 0, total: 0, closing: 0 },
  closed: { slow: 0, unauthenticated: 0, silent: 0, restart: 0 },
});
