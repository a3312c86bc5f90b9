export { findRevisionHash, type Head, type LoggedRevision, readHeads, readRevisionsAfter, renewEpoch } from "./log.queries.ts";
export { readIdentityOverrides, readSnapshot } from "./snapshot.queries.ts";
export { withNewEnvironments } from "./with-new-environments.ts";
export {
  type CommittedRevision,
  type Expectation,
  lockProject,
  type RequestOrigin,
  type Revised,
  type RevisionRequest,
  type RevisionStore,
  type Touches,
  withRevision,
} from "./with-revision.ts";
