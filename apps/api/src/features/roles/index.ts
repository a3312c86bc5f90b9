export { lockRole } from "./roles.service.ts";
