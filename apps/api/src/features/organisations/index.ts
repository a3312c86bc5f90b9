export { insertOrganisation, listOrganisations, type Organisation, toOrganisation } from "./organisations.service.ts";
