export { insertApiKey } from "./api-keys.service.ts";
export { apiKeysInForce, createApiKeyReader } from "./authenticate.ts";
