/// The one JSON mapper of jorch. Start at [Json].
@org.jspecify.annotations.NullMarked
package io.jorch.api.json;
