/** A position taken apart. */
export interface ParsedPosition {
  readonly epoch: string;
  readonly version: number;
  /** First 8 hex digits of the revision's hash; empty at version 0. */
  readonly hash8: string;
}

const FORM = /^([^:]{1,100}):(\d{1,10}):([0-9a-f]{8}|)(?::.*)?$/;

export const toPosition = (epoch: string, version: number, hash: string): string => `${epoch}:${version}:${hash.slice(0, 8)}`;

/** Reads the first three parts; streams may add their own behind. */
export function parsePosition(text: string): ParsedPosition | undefined {
  const [, epoch, version, hash8] = FORM.exec(text) ?? [];
  return epoch === undefined || version === undefined || hash8 === undefined
    ? undefined
    : { epoch, version: Number(version), hash8 };
}
