/// What one node must know of the state. Start at [io.jorch.manager.project.Projections].
@NullMarked
package io.jorch.manager.project;

import org.jspecify.annotations.NullMarked;
