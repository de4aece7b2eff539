/// A manager: takes wishes, plans, commits, and tells the workers. Where to start: `control` is the API, `leader` the loop,
/// `plan` the decisions, `dispatch` the streams to the workers.
@org.jspecify.annotations.NullMarked
package io.jorch.manager;
