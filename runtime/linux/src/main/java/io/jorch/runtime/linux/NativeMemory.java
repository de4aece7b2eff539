package io.jorch.runtime.linux;

import java.nio.charset.StandardCharsets;

import jnr.ffi.Pointer;

/// A zeroed piece of native memory for one structure, path or buffer. It lives as long as this object is reachable:
/// pass the object itself to [Kernel#call], which keeps it reachable during the call.
public final class NativeMemory {
    private final Pointer pointer;
    private final int size;

    private NativeMemory(int size) {
        this.size = size;
        this.pointer = LibC.runtime().getMemoryManager().allocateDirect(Math.max(size, 8), true);
    }

    public static NativeMemory allocate(int size) {
        return new NativeMemory(size);
    }

    /// The string in UTF-8 with a terminating zero. A string that itself holds a zero is refused: it would be cut.
    public static NativeMemory string(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a zero byte in " + text.replace('\0', '?'));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        NativeMemory memory = new NativeMemory(bytes.length + 1);
        return memory.putBytes(0, bytes);
    }

    public static NativeMemory of(byte[] bytes) {
        return new NativeMemory(bytes.length).putBytes(0, bytes);
    }

    public Pointer pointer() {
        return pointer;
    }

    public long address() {
        return pointer.address();
    }

    public int size() {
        return size;
    }

    public NativeMemory putBytes(int offset, byte[] bytes) {
        pointer.put(offset, bytes, 0, bytes.length);
        return this;
    }

    /// Copies the first `length` bytes of an array.
    public NativeMemory putBytes(int offset, byte[] bytes, int length) {
        pointer.put(offset, bytes, 0, length);
        return this;
    }

    public NativeMemory putByte(int offset, int value) {
        pointer.putByte(offset, (byte) value);
        return this;
    }

    public NativeMemory putShort(int offset, int value) {
        pointer.putShort(offset, (short) value);
        return this;
    }

    public NativeMemory putInt(int offset, int value) {
        pointer.putInt(offset, value);
        return this;
    }

    public NativeMemory putLong(int offset, long value) {
        pointer.putLong(offset, value);
        return this;
    }

    public int getByte(int offset) {
        return pointer.getByte(offset);
    }

    public int getShort(int offset) {
        return pointer.getShort(offset);
    }

    public int getInt(int offset) {
        return pointer.getInt(offset);
    }

    public long getLong(int offset) {
        return pointer.getLong(offset);
    }

    public byte[] getBytes(int offset, int length) {
        byte[] bytes = new byte[length];
        pointer.get(offset, bytes, 0, length);
        return bytes;
    }

    /// The text up to the first zero byte.
    public String getString() {
        byte[] bytes = getBytes(0, size);
        int length = 0;
        while (length < size && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
