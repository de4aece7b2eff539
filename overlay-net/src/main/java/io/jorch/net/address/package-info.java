/// Addresses as values.
@NullMarked
package io.jorch.net.address;

import org.jspecify.annotations.NullMarked;
