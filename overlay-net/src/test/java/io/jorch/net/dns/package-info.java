/// Tests of io.jorch.net.dns.
@NullMarked
package io.jorch.net.dns;

import org.jspecify.annotations.NullMarked;
