/// How answers look: tables, Go templates, human units, live progress. Start at [Listing].
@org.jspecify.annotations.NullMarked
package io.jorch.cli.render;
