import { Navigate, Route } from "@solidjs/router";
import type { JSX } from "solid-js";
import { lazy } from "solid-js";

const StartPage = lazy(async () => ({ default: (await import("./features/start/StartPage.tsx")).StartPage }));
const OrganisationRedirect = lazy(async () => ({
  default: (await import("./features/start/OrganisationRedirect.tsx")).OrganisationRedirect,
}));
const ProjectRedirect = lazy(async () => ({ default: (await import("./features/start/ProjectRedirect.tsx")).ProjectRedirect }));
const SetupPage = lazy(async () => ({ default: (await import("./features/setup/SetupPage.tsx")).SetupPage }));
const SignInPage = lazy(async () => ({ default: (await import("./features/sign-in/SignInPage.tsx")).SignInPage }));
const SignUpPage = lazy(async () => ({ default: (await import("./features/sign-in/SignUpPage.tsx")).SignUpPage }));
const ForgotPage = lazy(async () => ({ default: (await import("./features/sign-in/ForgotPage.tsx")).ForgotPage }));
const ResetPage = lazy(async () => ({ default: (await import("./features/sign-in/ResetPage.tsx")).ResetPage }));
const ConfirmEmailPage = lazy(async () => ({
  default: (await import("./features/sign-in/ConfirmEmailPage.tsx")).ConfirmEmailPage,
}));
const AccountPage = lazy(async () => ({ default: (await import("./features/account/AccountPage.tsx")).AccountPage }));
const OrganisationLayout = lazy(async () => ({
  default: (await import("./features/organisation/OrganisationLayout.tsx")).OrganisationLayout,
}));
const MembersPage = lazy(async () => ({ default: (await import("./features/organisation/MembersPage.tsx")).MembersPage }));
const ApiKeysPage = lazy(async () => ({ default: (await import("./features/organisation/ApiKeysPage.tsx")).ApiKeysPage }));
const AuditPage = lazy(async () => ({ default: (await import("./features/organisation/AuditPage.tsx")).AuditPage }));
const GeneralPage = lazy(async () => ({ default: (await import("./features/organisation/GeneralPage.tsx")).GeneralPage }));

const InvitationPage = lazy(async () => ({
  default: (await import("./features/organisation/InvitationPage.tsx")).InvitationPage,
}));
const GroupsPage = lazy(async () => ({ default: (await import("./features/organisation/GroupsPage.tsx")).GroupsPage }));
const RolesPage = lazy(async () => ({ default: (await import("./features/organisation/RolesPage.tsx")).RolesPage }));
const AccessPage = lazy(async () => ({ default: (await import("./features/organisation/AccessPage.tsx")).AccessPage }));

const AuditEventPage = lazy(async () => ({
  default: (await import("./features/organisation/AuditEventPage.tsx")).AuditEventPage,
}));

/** Pages above an environment: of the server, of oneself, of an organisation. */
export function AboveRoutes(): JSX.Element {
  return (
    <>
      <Route path="/" component={StartPage} />
      <Route path="/~/setup" component={SetupPage} />
      <Route path="/~/sign-in" component={SignInPage} />
      <Route path="/~/sign-up" component={SignUpPage} />
      <Route path="/~/forgot-password" component={ForgotPage} />
      <Route path="/~/reset-password" component={ResetPage} />
      <Route path="/~/confirm-email" component={ConfirmEmailPage} />
      <Route path="/~/invitation" component={InvitationPage} />
      <Route path="/~/account" component={AccountPage} />
      <Route path="/:organisation/~" component={OrganisationLayout}>
        <Route path="/members" component={MembersPage} />
        <Route path="/groups" component={GroupsPage} />
        <Route path="/roles" component={RolesPage} />
        <Route path="/access" component={AccessPage} />
        <Route path="/keys" component={ApiKeysPage} />
        <Route path="/audit" component={AuditPage} />
        <Route path="/audit/:event" component={AuditEventPage} />
        <Route path="/general" component={GeneralPage} />
        <Route path="/" component={() => <Navigate href="members" />} />
      </Route>
      <Route path="/:organisation" component={OrganisationRedirect} />
      <Route path="/:organisation/:project" component={ProjectRedirect} />
    </>
  );
}
