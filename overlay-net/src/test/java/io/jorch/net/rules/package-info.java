/// Tests of io.jorch.net.rules.
@NullMarked
package io.jorch.net.rules;

import org.jspecify.annotations.NullMarked;
