/// Tests of addresses.
@NullMarked
package io.jorch.net.address;

import org.jspecify.annotations.NullMarked;
