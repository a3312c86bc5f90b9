export { insertOrganisation, listOrganisations, toOrganisation } from "./organisations.service.ts";
