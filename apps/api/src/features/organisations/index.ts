export { insertOrganisation, listOrganisations } from "./organisations.service.ts";
