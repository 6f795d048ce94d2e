package org.rondo.kernels.onednn;

import java.nio.ByteBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;

/** Our buffers as oneDNN's descriptions and memory objects; what is made belongs to the owner. */
record Layouts(NativeMemory owner) {
  /** A dense row-major matrix; if transposed, a {@code (rows,columns)} view of its transpose. */
  memory.desc matrix(int rows, int columns, boolean transposed, ElementType type) {
    long[] strides = transposed ? new long[] {1, rows} : new long[] {columns, 1};
    return owner.own(new memory.desc(new long[] {rows, columns}, dataType(type), strides));
  }

  /** A matrix in whatever layout the planned product likes best. */
  memory.desc anyLayout(int rows, int columns, ElementType type) {
    return owner.own(
        new memory.desc(new long[] {rows, columns}, dataType(type), memory.format_tag.any));
  }

  /** A buffer's memory, described; not copied. */
  memory bind(memory.desc layout, NativeBuffer buffer) {
    return bind(layout, buffer.bytes());
  }

  /** New memory for what is described. */
  memory allocate(memory.desc layout) {
    long floats = (layout.get_size() + Float.BYTES - 1) / Float.BYTES;
    return bind(layout, owner.floats(floats).bytes());
  }

  private memory bind(memory.desc layout, ByteBuffer bytes) {
    Pointer address = owner.own(new Pointer(bytes));
    return owner.own(new memory(layout, OneDnn.ENGINE, address));
  }

  private static memory.data_type dataType(ElementType type) {
    return switch (type) {
      case FLOAT32 -> memory.data_type.f32;
      case BFLOAT16 -> memory.data_type.bf16;
    };
  }
}
