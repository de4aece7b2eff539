/// What a task may do: the seccomp filter, the capabilities, the hidden paths, the resource limits, Landlock and the
/// label of the host's security module. Everything here is a pure decision that ends in bytes or strings; the launcher
/// puts them into force. Start at [SecurityDefaults].
@NullMarked
package io.jorch.runtime.security;

import org.jspecify.annotations.NullMarked;
