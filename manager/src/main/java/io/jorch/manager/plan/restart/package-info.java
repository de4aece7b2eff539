/// Replacing tasks that ended, and starting their replacements when it is time. Start at
/// [io.jorch.manager.plan.restart.RestartStep].
@NullMarked
package io.jorch.manager.plan.restart;

import org.jspecify.annotations.NullMarked;
