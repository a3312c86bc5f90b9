export { type FlagStates, forEachFlagState } from "./flag-states.ts";
export { type TestClient, type TestValues, testClient } from "./test-client.ts";
