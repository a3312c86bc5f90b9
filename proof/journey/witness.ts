import type { Sightings } from "./sightings.ts";

/** What every client is given. */
export interface Connection {
  readonly url: string;
  readonly clientKey: string;
  readonly serverKey: string;
  /** The flag to look at. */
  readonly flag: string;
}

/** A connected client of one kind, as an application would use it. */
export interface Witness extends Pick<Sightings, "sees"> {
  close(): Promise<void>;
}

/** Streams are told at once; polls find out when they ask next. */
export type Manner = "stream" | "poll";
