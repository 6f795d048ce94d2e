package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  @Test
  void buffersAreZeroAlignedAndCounted() {
    try (var memory = new NativeMemory()) {
      for (int length : new int[] {0, 1, 17, 1000}) {
        NativeBuffer buffer = memory.allocate(ElementType.BFLOAT16, length);
        assertThat(buffer.length()).isEqualTo(length);
        assertThat(buffer.bytes().alignmentOffset(0, 64)).isZero();
      }
      assertThat(memory.floats(9).toArray()).containsOnly(0f).hasSize(9);
      assertThat(memory.allocatedBytes()).isGreaterThanOrEqualTo(2 * 1018 + 4 * 9);
    }
  }

  @Test
  void whatIsOwnedIsClosedOnceTheYoungestFirst() {
    List<String> closed = new ArrayList<>();
    var memory = new NativeMemory();
    memory.own(() -> closed.add("first"));
    memory.own(() -> closed.add("second"));
    memory.floats(100);
    memory.close();
    memory.close();
    assertThat(closed).containsExactly("second", "first");
    assertThat(memory.allocatedBytes()).isZero();
  }

  @Test
  void oneFailureToCloseLeavesNothingElseOpen() {
    List<String> closed = new ArrayList<>();
    var memory = new NativeMemory();
    memory.own(() -> closed.add("first"));
    memory.own(
        () -> {
          throw new IOException("broken");
        });
    assertThatThrownBy(memory::close)
        .isInstanceOf(IllegalStateException.class)
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("broken"));
    assertThat(closed).containsExactly("first");
  }

  @Test
  void closingGivesMemoryBackAtOnceWithoutGarbageCollection() {
    BufferPoolMXBean direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();
    long before = direct.getMemoryUsed();
    try (var memory = new NativeMemory()) {
      memory.floats(1 << 20);
      assertThat(direct.getMemoryUsed() - before).isGreaterThanOrEqualTo(4 << 20);
    }
    assertThat(direct.getMemoryUsed()).isLessThanOrEqualTo(before);
  }

  @Test
  void twoGibibytesAreTooMuchForOneBuffer() {
    try (var memory = new NativeMemory()) {
      assertThatThrownBy(() -> memory.floats(1L << 29))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "allocate: 536,870,912 elements of FLOAT32 are 2,147,483,648 bytes;"
                  + " one buffer holds less than 2 GiB");
    }
  }
}
