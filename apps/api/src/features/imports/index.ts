export { importsRouter } from "./imports.router.ts";
export { runImport } from "./imports.service.ts";
