/// Tests of the node's network. Those that need the kernel run in namespaces of their own: see `NetworkBed`.
@NullMarked
package io.jorch.net;

import org.jspecify.annotations.NullMarked;
