package io.jorch.runtime.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;

import io.jorch.runtime.linux.Architecture;
import io.jorch.runtime.linux.Syscall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ScriptTest {
    @Test
    void everyKindIsAssembledAndShown() {
        ScriptBuilder script = new ScriptBuilder(Architecture.AARCH64);
        Label end = script.label("end");
        Datum fd = script.result("fd", "open it", Syscall.OPENAT, -100, "/a \"b\"", 0);
        script.tryInto(fd, "read it", Syscall.READ, fd, script.bytes("room", new byte[4]), 4L);
        script.jumpIfNegative(fd, end);
        script.jumpIfEqual(fd, 0, end);
        Datum text = script.buffer("/proc/##########");
        script.writeNumber(fd, text, 6, '/');
        script.call("run", Syscall.EXECVE, text, script.texts("argv", List.of("a", "b")), 0);
        script.jump(end);
        script.call("mapped", Syscall.CAPSET,
                script.structure("both", new byte[24], Map.of(8, script.text("target"))));
        script.place(end);
        script.fail("give up", fd);
        Script assembled = script.assemble(4);
        assertEquals("""
                  0 fd = openat(-100, "/a \\"b\\"", 0)
                  1 fd = read(fd, room{00000000}, 4) or go on
                  2 if negative (fd) jump 8
                  3 if equal (fd, 0) jump 8
                  4 itoa (fd, "/proc/##########"+6, 47)
                  5 execve("/proc/##########", argv{}->["a", "b"], 0)
                  6 jump 8
                  7 capset(both{000000000000000000000000000000000000000000000000}->["target"])
                  8 fail (fd)
                """, Disassembler.disassemble(assembled));
        assertEquals("open it", assembled.stepAt(16));
        assertEquals("give up", assembled.stepAt(16 + 8 * 72));
        assertThrows(IllegalArgumentException.class, () -> assembled.stepAt(17));
        assertThrows(IllegalArgumentException.class, () -> assembled.stepAt(16 + 9 * 72));
    }

    @Test
    void mistakesInAScriptAreRefused() {
        ScriptBuilder script = new ScriptBuilder(Architecture.X86_64);
        script.jump(script.label("nowhere"));
        assertThrows(IllegalStateException.class, () -> script.assemble(4));
        Label twice = script.label("twice");
        script.place(twice);
        assertThrows(IllegalStateException.class, () -> script.place(twice));
        assertThrows(IllegalArgumentException.class, () -> script.text("a\0b"));
        assertThrows(IllegalArgumentException.class, () -> script.call("x", Syscall.CLOSE, 'c'));
        ScriptBuilder other = new ScriptBuilder(Architecture.X86_64);
        other.call("x", Syscall.CLOSE, script.slot("foreign"));
        assertThrows(IllegalStateException.class, () -> other.assemble(4));
        ScriptBuilder large = new ScriptBuilder(Architecture.X86_64);
        large.bytes("large", new byte[Script.ROOM]);
        assertThrows(IllegalArgumentException.class, () -> large.assemble(4));
    }
}
