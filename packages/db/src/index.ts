export { type Database, type DatabaseOptions, type Db, openDatabase } from "./client.ts";
export { FolderInUseError } from "./lock.ts";
