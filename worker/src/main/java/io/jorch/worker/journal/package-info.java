/// What a worker remembers on disk, so that a daemon killed at any moment finds its tasks again. Start at [Journal].
@org.jspecify.annotations.NullMarked
package io.jorch.worker.journal;
