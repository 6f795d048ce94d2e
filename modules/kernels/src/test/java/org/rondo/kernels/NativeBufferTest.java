package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeBufferTest {
  private final NativeMemory memory = new NativeMemory();

  @AfterEach
  void freeMemory() {
    memory.close();
  }

  @Test
  void arraysGoInAndComeOut() {
    NativeBuffer buffer = memory.floats(5);
    buffer.write(1, new float[] {9, 1, 2, 3}, 1, 3);
    var out = new float[4];
    buffer.read(1, out, 1, 3);
    assertThat(buffer.toArray()).containsExactly(0, 1, 2, 3, 0);
    assertThat(out).containsExactly(0, 1, 2, 3);
  }

  @Test
  void slicesShareMemory() {
    NativeBuffer buffer = memory.floats(10);
    NativeBuffer slice = buffer.slice(4, 3).slice(1, 2);
    slice.set(0, 7f);
    assertThat(buffer.get(5)).isEqualTo(7f);
    assertThat(slice.length()).isEqualTo(2);
    assertThatThrownBy(() -> buffer.slice(8, 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void placeholdersHaveALengthAndSlicesButNothingInThem() {
    NativeBuffer placeholder = NativeBuffer.placeholder(ElementType.FLOAT32, 10);
    NativeBuffer slice = placeholder.slice(4, 3);
    assertThat(slice.length()).isEqualTo(3);
    assertThat(slice.isPlaceholder()).isTrue();
    assertThat(memory.floats(3).isPlaceholder()).isFalse();
    assertThatThrownBy(() -> placeholder.slice(8, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.set(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Product.of(1, 1, 3).check(memory.floats(1), slice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("C is a placeholder without memory");
  }

  @Test
  void clearingAndCopyingStayWithinTheirRange() {
    NativeBuffer buffer = memory.floats(7);
    NativeBuffer ones = memory.floats(7);
    ones.write(0, new float[] {1, 1, 1, 1, 1, 1, 1}, 0, 7);
    buffer.copy(1, ones, 2, 5);
    buffer.clear(2, 3);
    assertThat(buffer.toArray()).containsExactly(0, 1, 0, 0, 0, 1, 0);
  }

  @Test
  void typesAreNotMixed() {
    NativeBuffer half = memory.allocate(ElementType.BFLOAT16, 4);
    assertThatThrownBy(half::toArray)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("float32 access to a buffer of BFLOAT16");
    assertThatThrownBy(() -> memory.floats(4).copy(0, half, 0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("copy: from BFLOAT16 to FLOAT32");
  }
}
