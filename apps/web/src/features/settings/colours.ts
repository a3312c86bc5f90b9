/** Offered for environments; green, red and amber belong to states of flags. */
export const COLOURS = ["#334155", "#a21caf", "#6d28d9", "#1d4ed8", "#0e7490", "#64748b"] as const;
