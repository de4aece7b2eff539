package io.jorch.manager.plan;

import org.pcollections.PMap;
import org.pcollections.PSet;

/// What the leader knows of one node's session.
///
/// @param live whether its stream is open
/// @param clean of a stream that ended: the node said that it leaves
/// @param lastHeard when anything was heard of it; of a stream that ended: when it ended (monotonic nanoseconds)
/// @param epoch every change of networks up to this index is in force on it
/// @param mustApply the epoch it must reach before this session counts as ready; -1: not known yet
/// @param holding ids of the tasks that it has anything of
/// @param images pinned name → how far it is with an image that it was asked to fetch
public record NodeView(boolean live, boolean clean, long lastHeard, long epoch, long mustApply, PSet<String> holding,
        PMap<String, ImageState> images) {

    /// Its session is up, and its networks are as they were committed when the session began.
    public boolean settled() {
        return live && mustApply >= 0 && epoch >= mustApply;
    }

    NodeView heard(long nanos) {
        return new NodeView(live, clean, nanos, epoch, mustApply, holding, images);
    }

    NodeView applied(long newEpoch) {
        return new NodeView(live, clean, lastHeard, Math.max(epoch, newEpoch), mustApply, holding, images);
    }

    NodeView gone(boolean wasClean, long nanos) {
        return new NodeView(false, wasClean, nanos, epoch, mustApply, holding, images);
    }

    NodeView mustApply(long newEpoch) {
        return new NodeView(live, clean, lastHeard, epoch, newEpoch, holding, images);
    }

    NodeView holding(PSet<String> newHolding) {
        return new NodeView(live, clean, lastHeard, epoch, mustApply, newHolding, images);
    }

    NodeView image(String pinned, ImageState state) {
        return new NodeView(live, clean, lastHeard, epoch, mustApply, holding, images.plus(pinned, state));
    }
}
