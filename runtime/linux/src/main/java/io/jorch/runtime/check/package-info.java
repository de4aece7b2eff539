/// What this machine can and can't do for jorch: printed by `jorch check`, and why a daemon refuses to start. Start at
/// [HostCheck].
@NullMarked
package io.jorch.runtime.check;

import org.jspecify.annotations.NullMarked;
