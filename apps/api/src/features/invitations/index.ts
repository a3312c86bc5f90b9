export { isInvited } from "./invitations.queries.ts";
