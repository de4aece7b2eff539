/// Tests of io.jorch.net.space.
@NullMarked
package io.jorch.net.space;

import org.jspecify.annotations.NullMarked;
