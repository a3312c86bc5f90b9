export { compileEnvironment } from "./compile-environment.ts";
export { lockProject } from "./locks.ts";
export { findRevisionHash, type Head, type LoggedRevision, readHeads, readRevisionsAfter, renewEpoch } from "./log.queries.ts";
export type { CommittedRevision, Expectation, RequestOrigin, RevisionRequest, RevisionStore, Touches } from "./request.ts";
export { readSnapshot } from "./snapshot.queries.ts";
export { verifyRevisions } from "./verify-chain.ts";
export { withNewEnvironments } from "./with-new-environments.ts";
export { type Revised, withRevision } from "./with-revision.ts";
