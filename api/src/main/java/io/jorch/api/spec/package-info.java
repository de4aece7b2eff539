/// The user's wishes: Docker's Engine API JSON, to the letter, as records. Start at [ServiceSpec].
///
/// Field names are the API's in UpperCamelCase. A component is nullable exactly where absent and zero mean different
/// things. jorch's own fields live in one nested record each, named `Jorch` in JSON.
@org.jspecify.annotations.NullMarked
package io.jorch.api.spec;
