export { findRevisionHash, type Head, type LoggedRevision, readHeads, readRevisionsAfter, renewEpoch } from "./log.queries.ts";
export { readIdentityOverrides, readSnapshot } from "./snapshot.queries.ts";
export {
  type CommittedRevision,
  type Expectation,
  type RequestOrigin,
  type Revised,
  type RevisionRequest,
  type RevisionStore,
  type Touches,
  withRevision,
} from "./with-revision.ts";
