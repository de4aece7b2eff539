/// Containers' output on disk: the format the shim writes ([LogFormat]) and its reader ([LogReader]).
@NullMarked
package io.jorch.runtime.log;

import org.jspecify.annotations.NullMarked;
