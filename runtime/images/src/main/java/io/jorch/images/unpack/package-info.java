/// From a layer's archive to files. `LayerUnpacker` reads the tar and decides, purely, what each entry may do;
/// [LayerTarget] is told to do it and never to decide.
@org.jspecify.annotations.NullMarked
package io.jorch.images.unpack;
