package io.jorch.runtime.security;

/// A classic BPF program as a graph. Equal nodes are one: a record's equality is what lets [BpfLinker] share them.
sealed interface BpfNode {
    /// Ends with this `SECCOMP_RET_` value.
    record Return(int action) implements BpfNode {
    }

    /// Loads the word at an offset of seccomp_data, then goes on.
    record Load(int offset, BpfNode next) implements BpfNode {
    }

    /// Compares the loaded word with k by one of the `JUMP_` codes.
    record Branch(int code, int k, BpfNode yes, BpfNode no) implements BpfNode {
    }
}
