package io.jorch.cli.service;

import picocli.CommandLine.Model.OptionSpec;

/// One flag and what it does to a spec.
///
/// @param names e.g. `-e`, `--env`
/// @param label of its value in the help; empty: it takes none
/// @param many it may be given several times
/// @param effect applied once per value, in the order of the flags' table
record Flag(String[] names, String label, boolean many, String description, Effect effect) {

    /// Changes the spec.
    @FunctionalInterface
    interface Effect {
        void apply(SpecEditor spec, String value);
    }

    static Flag one(String names, String label, String description, Effect effect) {
        return new Flag(names.split(" "), label, false, description, effect);
    }

    static Flag many(String names, String label, String description, Effect effect) {
        return new Flag(names.split(" "), label, true, description, effect);
    }

    /// A flag that is true when present; `--x=false` is understood.
    static Flag flag(String names, String description, Effect effect) {
        return new Flag(names.split(" "), "", false, description, effect);
    }

    /// The longest name, which errors use.
    String name() {
        return names[names.length - 1];
    }

    OptionSpec option() {
        OptionSpec.Builder option = OptionSpec.builder(names).description(description);
        if (label.isEmpty()) {
            // A Boolean takes the next word only if it is true or false: `--init nginx` names an image.
            return option.type(Boolean.class).arity("0..1").fallbackValue("true").paramLabel("BOOL").build();
        }
        return many
                ? option.type(java.util.List.class).auxiliaryTypes(String.class).arity("1").paramLabel(label).build()
                : option.type(String.class).arity("1").paramLabel(label).build();
    }
}
