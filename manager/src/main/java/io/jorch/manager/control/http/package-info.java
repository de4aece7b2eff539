/// HTTP as the control API needs it: a unix socket, a table of routes, requests and answers. Knows nothing of what the
/// endpoints do. Vert.x reads and writes on its event loop; each request is answered on a virtual thread of its own.
///
/// Where to start: [Routes] is the table, [Request] and [Answer] are what endpoints see, [ControlServer] serves them.
@org.jspecify.annotations.NullMarked
package io.jorch.manager.control.http;
