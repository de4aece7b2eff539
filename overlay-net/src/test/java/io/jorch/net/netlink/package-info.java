/// Tests of io.jorch.net.netlink.
@NullMarked
package io.jorch.net.netlink;

import org.jspecify.annotations.NullMarked;
