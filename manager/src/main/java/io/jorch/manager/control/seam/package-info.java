/// What the control API needs of the rest of a daemon, as small interfaces: whoever composes a daemon implements them.
/// Start at [ClusterReader] and [NodeInfo].
@org.jspecify.annotations.NullMarked
package io.jorch.manager.control.seam;
