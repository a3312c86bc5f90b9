export { registerStream } from "./http.ts";
export { type SdkRouter, sdkRouter } from "./router.ts";
export { createTopics } from "./topics.ts";
export { streamUpgrade } from "./upgrade.ts";
