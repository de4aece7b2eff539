/// System call scripts: an assembler ([ScriptBuilder]), the assembled form ([Script]) and a [Disassembler] for golden
/// tests. The native interpreter (`src/main/c/interpreter.c`) runs them; it decides nothing itself.
///
/// A script is one memory image, mapped at [Script#BASE]: a header of 16 bytes (magic `JSCR`, version, the descriptor
/// of the report pipe, the offset of the first operation), operations of 72 bytes each, then the data. An operation is
/// `u16 kind, u16 flags, u32 target, u64 result, u64 operand[7]`. Bit i of the flags says that operand i is the address
/// of its value; bit 15 that the call may fail.
@NullMarked
package io.jorch.runtime.script;

import org.jspecify.annotations.NullMarked;
