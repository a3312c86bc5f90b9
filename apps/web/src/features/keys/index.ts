export { endOfDay, keyState } from "./key-state.ts";
export { RotateDialog } from "./RotateDialog.tsx";
export { snippetsOf } from "./snippets.ts";
