export { createProject } from "./projects.service.ts";
