export { lockGroup } from "./groups.queries.ts";
export { refuseStrongerGroup } from "./groups.service.ts";
