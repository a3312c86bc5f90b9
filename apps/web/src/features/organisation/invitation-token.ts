const STORE = "halyard:invitation";

interface KeptToken {
  readonly value: string;
  /** It was used. */
  readonly forget: () => void;
}

/**
 * The token behind `#` of the address, or the one this window saw before it went to sign in. Kept in the window's own store: in
 * an address behind `?` servers would write it into their logs.
 */
export function keptToken(hash: string): KeptToken {
  const given = hash.replace(/^#/, "");
  if (given !== "") sessionStorage.setItem(STORE, given);
  return { value: given || (sessionStorage.getItem(STORE) ?? ""), forget: () => sessionStorage.removeItem(STORE) };
}
