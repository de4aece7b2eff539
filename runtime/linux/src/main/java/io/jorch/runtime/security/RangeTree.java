package io.jorch.runtime.security;

import java.util.List;

/// The smallest search tree over ranges of numbers that two kinds of comparison give: "at least k" splits a run of
/// ranges in two; where a run is all one target but for a few single numbers, a chain of "equals k" picks those out
/// with one comparison each instead of two. Dynamic programming over all runs: some hundred ranges, about a
/// millisecond.
final class RangeTree {
    /// A chain's length is bounded, because it is walked one by one.
    private static final int LONGEST_CHAIN = 5;

    /// All numbers from `start` up to the next range's start; the last has no end.
    record Range(int start, BpfNode target) {
    }

    private final List<Range> ranges;
    private final int[][] cost;
    /// Where to split a run (> first), or, negative, that it is a chain around the target of range -choice - 1.
    private final int[][] choice;

    RangeTree(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
        this.cost = new int[ranges.size()][ranges.size()];
        this.choice = new int[ranges.size()][ranges.size()];
    }

    BpfNode build() {
        for (int length = 2; length <= ranges.size(); length++) {
            for (int first = 0; first + length <= ranges.size(); first++) {
                choose(first, first + length - 1);
            }
        }
        return node(0, ranges.size() - 1);
    }

    private void choose(int first, int last) {
        int best = Integer.MAX_VALUE;
        int middle = (first + last + 1) / 2;
        for (int split = first + 1; split <= last; split++) {
            int size = 1 + cost[first][split - 1] + cost[split][last];
            // Among equals the most even split, for the shortest way down.
            if (size < best || size == best && Math.abs(split - middle) < Math.abs(choice[first][last] - middle)) {
                best = size;
                choice[first][last] = split;
            }
        }
        for (int around = first; around <= first + 1; around++) {
            int length = chain(first, last, ranges.get(around).target());
            if (length <= LONGEST_CHAIN && length < best) {
                best = length;
                choice[first][last] = -around - 1;
            }
        }
        cost[first][last] = best;
    }

    /// How many single numbers have another target, or more than allowed if one of them is no single number.
    private int chain(int first, int last, BpfNode around) {
        int length = 0;
        for (int index = first; index <= last; index++) {
            if (!ranges.get(index).target().equals(around)) {
                if (!single(index) || ++length > LONGEST_CHAIN) {
                    return Integer.MAX_VALUE;
                }
            }
        }
        return length;
    }

    private boolean single(int index) {
        return index + 1 < ranges.size() && ranges.get(index + 1).start() == ranges.get(index).start() + 1;
    }

    private BpfNode node(int first, int last) {
        if (first == last) {
            return ranges.get(first).target();
        }
        int chosen = choice[first][last];
        if (chosen > 0) {
            return new BpfNode.Branch(BpfProgram.JUMP_GREATER_EQUAL, ranges.get(chosen).start(), node(chosen, last),
                    node(first, chosen - 1));
        }
        BpfNode around = ranges.get(-chosen - 1).target();
        BpfNode rest = around;
        for (int index = last; index >= first; index--) {
            if (!ranges.get(index).target().equals(around)) {
                rest = new BpfNode.Branch(BpfProgram.JUMP_EQUAL, ranges.get(index).start(),
                        ranges.get(index).target(), rest);
            }
        }
        return rest;
    }
}
