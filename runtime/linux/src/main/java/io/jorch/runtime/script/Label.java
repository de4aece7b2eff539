package io.jorch.runtime.script;

/// A place in a script to jump to: made first, placed once by [ScriptBuilder#place].
public final class Label {
    private final String name;
    private int index = -1;

    Label(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    void place(int operation) {
        if (index >= 0) {
            throw new IllegalStateException("label " + name + " is placed twice");
        }
        index = operation;
    }

    int index() {
        if (index < 0) {
            throw new IllegalStateException("label " + name + " is never placed");
        }
        return index;
    }
}
