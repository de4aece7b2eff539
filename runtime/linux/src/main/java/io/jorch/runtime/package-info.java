/// The embedded OCI runtime: containers made from a plan, without Docker or containerd. Where to start: the `container`
/// package is what a worker calls, `launch` turns a plan into a syscall script, `linux` holds the system calls.
@org.jspecify.annotations.NullMarked
package io.jorch.runtime;
