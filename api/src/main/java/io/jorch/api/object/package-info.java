/// What the cluster stores: objects around the user's specs, kept in the Raft log. Start at [Task] and [Service].
///
/// Every object is immutable and has a [Meta] whose version is the Raft index at which it was last written.
@org.jspecify.annotations.NullMarked
package io.jorch.api.object;
