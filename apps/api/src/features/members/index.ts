export { assignFromClaims } from "./assign-from-claims.ts";
export { joinOrganisation } from "./join.ts";
export { leaveOrganisations } from "./leave.ts";
