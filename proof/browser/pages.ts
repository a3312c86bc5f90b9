/** A page of the dashboard as the sample project fills it. */
export interface PageOf {
  /** Also the name of its pictures. */
  readonly name: string;
  readonly path: string;
}

const shop = "/halyard/sample-shop/production";
const empty = "/halyard/nothing-yet/development";

/** The project without anything in it that `EMPTY_PAGES` look at. */
export const EMPTY_PROJECT = "Nothing yet";

export const PAGES: readonly PageOf[] = [
  { name: "start", path: "/" },
  { name: "flags", path: `${shop}/flags` },
  { name: "flags-nothing-found", path: `${shop}/flags?q=no-such-flag` },
  { name: "flag", path: `${shop}/flags/express-delivery` },
  { name: "flag-multivariate", path: `${shop}/flags/hero-banner` },
  { name: "flag-json", path: `${shop}/flags/integration_data` },
  { name: "segments", path: `${shop}/segments` },
  { name: "segment", path: `${shop}/segments/beta-testers` },
  { name: "segment-new", path: `${shop}/segments/~new` },
  { name: "identities", path: `${shop}/identities` },
  { name: "identity", path: `${shop}/identities/${encodeURIComponent("ada@example.com")}` },
  { name: "history", path: `${shop}/history` },
  { name: "keys", path: `${shop}/keys` },
  { name: "settings", path: `${shop}/settings/general` },
  { name: "settings-project", path: `${shop}/settings/project` },
  { name: "settings-environments", path: `${shop}/settings/environments` },
  { name: "settings-tags", path: `${shop}/settings/tags` },
  { name: "import", path: `${shop}/settings/import` },
  { name: "members", path: "/halyard/~/members" },
  { name: "groups", path: "/halyard/~/groups" },
  { name: "roles", path: "/halyard/~/roles" },
  { name: "access", path: "/halyard/~/access" },
  { name: "api-keys", path: "/halyard/~/keys" },
  { name: "audit", path: "/halyard/~/audit" },
  { name: "organisation", path: "/halyard/~/general" },
  { name: "account", path: "/~/account" },
  { name: "gallery", path: "/~/gallery" },
  { name: "not-found", path: `${shop}/no-such-page` },
];

export const EMPTY_PAGES: readonly PageOf[] = ["flags", "segments", "identities", "history"].map((page) => ({
  name: `empty-${page}`,
  path: `${empty}/${page}`,
}));

/** For somebody who is not signed in. */
export const OUTSIDE_PAGES: readonly PageOf[] = [
  { name: "sign-in", path: "/~/sign-in" },
  { name: "sign-in-code", path: "/~/sign-in?step=code" },
  { name: "forgot-password", path: "/~/forgot-password" },
  { name: "reset-password", path: "/~/reset-password?token=none" },
  { name: "sign-up", path: "/~/sign-up" },
  { name: "invitation", path: "/~/invitation#none" },
  { name: "confirm-email", path: "/~/confirm-email?token=none" },
];

export const SCHEMES = ["light", "dark"] as const;
export const WIDTHS = [
  { width: 1_440, height: 900 },
  { width: 390, height: 844 },
] as const;
