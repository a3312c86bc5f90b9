export { joinOrganisation } from "./join.ts";
