/// Docker's answers: what the Engine API shows of stored objects. Each view is a record in Docker's words with a pure
/// function that makes it; clients read answers into the same records. Secrets don't get in.
///
/// Where to start: [ServiceView] and [TaskView]; the specification is Docker's `api/swagger.yaml`, version 1.50.
@org.jspecify.annotations.NullMarked
package io.jorch.api.docker;
