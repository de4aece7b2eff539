/// The control API: Docker's Engine API, its swarm half and what clients need around it, and jorch's own endpoints under
/// `/jorch/`.
///
/// Where to start: [EngineApi] puts it together out of what `seam` names; `endpoint` has one class for each group of
/// endpoints; `http` knows how requests come and answers go.
@org.jspecify.annotations.NullMarked
package io.jorch.manager.control;
