import { Route } from "@solidjs/router";
import type { JSX } from "solid-js";
import { lazy } from "solid-js";

const SegmentsPage = lazy(async () => ({ default: (await import("./features/segments/SegmentsPage.tsx")).SegmentsPage }));
const NewSegmentPage = lazy(async () => ({ default: (await import("./features/segments/NewSegmentPage.tsx")).NewSegmentPage }));
const SegmentPage = lazy(async () => ({ default: (await import("./features/segments/SegmentPage.tsx")).SegmentPage }));
const IdentitiesPage = lazy(async () => ({ default: (await import("./features/identities/IdentitiesPage.tsx")).IdentitiesPage }));
const IdentityPage = lazy(async () => ({ default: (await import("./features/identities/IdentityPage.tsx")).IdentityPage }));
const KeysPage = lazy(async () => ({ default: (await import("./features/keys/KeysPage.tsx")).KeysPage }));
const SettingsPage = lazy(async () => ({ default: (await import("./features/settings/SettingsPage.tsx")).SettingsPage }));

/** Pages of an environment besides flags and history. */
export function PlaceRoutes(): JSX.Element {
  return (
    <>
      <Route path="/segments" component={SegmentsPage} />
      <Route path="/segments/~new" component={NewSegmentPage} />
      <Route path="/segments/:segment" component={SegmentPage} />
      <Route path="/identities" component={IdentitiesPage} />
      <Route path="/identities/:identifier" component={IdentityPage} />
      {/* The address the documentation names, and the one among the settings. */}
      <Route path={["/keys", "/connect", "/settings/keys"]} component={KeysPage} />
      <Route path="/settings/:tab?" component={SettingsPage} />
    </>
  );
}
