/// Writes image layers to disk in the form that overlayfs reads. Start at [LinuxLayerTarget].
@NullMarked
package io.jorch.runtime.unpack;

import org.jspecify.annotations.NullMarked;
