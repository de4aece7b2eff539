/// Follows tags: a new digest in the registry becomes an ordinary rollout. Start at [DigestWatch]; what it decides is in
/// [FollowPolicy].
@org.jspecify.annotations.NullMarked
package io.jorch.manager.follow;
