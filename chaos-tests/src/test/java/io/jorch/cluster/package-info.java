/// Whole daemons as processes, in namespaces that the tests made. Start at [OneNodeIT].
@org.jspecify.annotations.NullMarked
package io.jorch.cluster;
