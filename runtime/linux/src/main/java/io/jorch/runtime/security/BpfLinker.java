package io.jorch.runtime.security;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Lays a graph of nodes out as a program. Jumps only go forward and at most 255 instructions far, so the program is
/// written from its end: what a node jumps to stands already. Where it is too far, a long jump goes in between.
final class BpfLinker {
    private static final int FARTHEST = 255;

    private final Map<BpfNode, Integer> places = new HashMap<>();
    private long[] reversed = new long[256];
    private int size;

    private BpfLinker() {
    }

    static BpfProgram link(BpfNode start) {
        BpfLinker linker = new BpfLinker();
        linker.write(start);
        if (linker.places.get(start) != linker.size - 1) {
            throw new JorchException(ErrorCode.INTERNAL, "a BPF program must begin at its first node");
        }
        long[] program = new long[linker.size];
        for (int index = 0; index < linker.size; index++) {
            program[index] = linker.reversed[linker.size - 1 - index];
        }
        return new BpfProgram(program);
    }

    private void write(BpfNode node) {
        if (places.containsKey(node)) {
            return;
        }
        switch (node) {
            case BpfNode.Return end -> append(BpfProgram.instruction(BpfProgram.RETURN, 0, 0, end.action()));
            case BpfNode.Load load -> {
                write(load.next());
                if (distance(load.next()) > 0) {
                    append(BpfProgram.instruction(BpfProgram.JUMP, 0, 0, distance(load.next())));
                }
                append(BpfProgram.instruction(BpfProgram.LOAD, 0, 0, load.offset()));
            }
            case BpfNode.Branch branch -> {
                write(branch.no());
                write(branch.yes());
                int no = reach(branch.no());
                int grown = size;
                int yes = reach(branch.yes());
                append(BpfProgram.instruction(branch.code(), yes, no + size - grown, branch.k()));
            }
        }
        places.put(node, size - 1);
    }

    /// How many instructions lie between the next one written and that node.
    private int distance(BpfNode node) {
        return size - 1 - places.get(node);
    }

    /// The same, with a long jump in between where it would be too far. One is kept in hand for the branch's other way.
    private int reach(BpfNode node) {
        int distance = distance(node);
        if (distance < FARTHEST) {
            return distance;
        }
        append(BpfProgram.instruction(BpfProgram.JUMP, 0, 0, distance));
        return 0;
    }

    private void append(long instruction) {
        if (size == BpfProgram.MAX_SIZE) {
            throw new JorchException(ErrorCode.INVALID,
                    "the seccomp profile compiles to more than " + BpfProgram.MAX_SIZE + " instructions: simplify it");
        }
        if (size == reversed.length) {
            reversed = Arrays.copyOf(reversed, size * 2);
        }
        reversed[size++] = instruction;
    }
}
