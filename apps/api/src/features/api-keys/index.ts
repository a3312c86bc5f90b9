export { insertApiKey } from "./api-keys.service.ts";
export { createApiKeyReader } from "./authenticate.ts";
