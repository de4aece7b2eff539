/// System calls through jnr-ffi: the only package that talks to libc. Start at [Kernel], which has the typed calls by
/// topic beside it ([FdCalls], [MountCalls], [NamespaceCalls], [ProcessCalls], [SocketCalls]) and [Nftables]; failures are
/// [SyscallException]s that carry the errno and say which step failed.
@NullMarked
package io.jorch.runtime.linux;

import org.jspecify.annotations.NullMarked;
