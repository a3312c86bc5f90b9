import { writeFileSync } from "node:fs";
import { permissionsPage } from "./page.ts";

writeFileSync(new URL("../../../../docs/permissions.md", import.meta.url), permissionsPage());
