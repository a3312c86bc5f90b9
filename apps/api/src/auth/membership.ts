/** What one claim gives its holder. */
export interface ClaimGrant {
  /** Slug. */
  readonly organisation: string;
  readonly role?: string | undefined;
  /** Groups of that organisation, as the directory calls them. */
  readonly groups?: readonly string[] | undefined;
}

export interface ClaimsOf {
  readonly grants: readonly ClaimGrant[];
  /** Slugs of all organisations that rules speak of, also where these claims give nothing. */
  readonly organisations: readonly string[];
}

export interface SignedIn {
  readonly method: string;
  readonly secondFactor: "none" | "asked" | "given";
  readonly address: string | null;
}

/** What sign-in has to ask of those who know organisations. */
export interface Membership {
  /** Whether an invitation that can still be accepted names this address. */
  isInvited(email: string): Promise<boolean>;
  /**
   * Gives a person what the provider's claims say, and takes what claims gave before and say no longer; what people gave by hand
   * stays. Called at every sign-in through the provider, before the answer.
   */
  assignFromClaims(userId: string, claims: ClaimsOf): Promise<void>;
  /** Told before the answer. */
  signedIn(userId: string, how: SignedIn): Promise<void>;
  /** Takes no time, whether or not somebody has the address. */
  signInFailed(email: string): void;
}
