package org.rondo.kernels;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * The one owner of a set of off-heap buffers and native objects: they live until it is closed, all
 * at once.
 *
 * <p>Buffers start at multiples of 64 bytes (a cache line, a 512-bit vector) and are zero at first.
 * The JVM bounds them by {@code -XX:MaxDirectMemorySize}. Not safe for use by several threads at
 * once.
 */
public final class NativeMemory implements AutoCloseable {
  private static final int ALIGNMENT = 64;
  private static final long MOST_BYTES = Integer.MAX_VALUE - 2L * ALIGNMENT;

  /** Floats that one buffer holds at most: less than 2 GiB. */
  public static final long MOST_FLOATS = MOST_BYTES / Float.BYTES;

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final boolean counting;
  private long allocatedBytes;
  private long largestBytes;

  public NativeMemory() {
    this(false);
  }

  private NativeMemory(boolean counting) {
    this.counting = counting;
  }

  /**
   * Memory that hands out {@linkplain NativeBuffer#placeholder placeholders} and counts what real
   * buffers would take, for those who want to know before they take it.
   */
  public static NativeMemory counting() {
    return new NativeMemory(true);
  }

  /** Whether buffers are only counted. */
  public boolean isCounting() {
    return counting;
  }

  /** Bytes that the buffers of this process may hold, {@code -XX:MaxDirectMemorySize}. */
  public static long limit() {
    long given =
        Long.parseLong(
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxDirectMemorySize")
                .getValue());
    return given == 0 ? Runtime.getRuntime().maxMemory() : given;
  }

  /** Bytes that the direct buffers of this process hold, those of other libraries included. */
  public static long used() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  /**
   * A new buffer of zeros.
   *
   * @param length elements, at least 0
   * @throws IllegalArgumentException if the buffer would hold 2 GiB or more
   */
  public NativeBuffer allocate(ElementType type, long length) {
    long size = length * type.bytes();
    if (length < 0 || size > MOST_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "allocate: %,d elements of %s are %,d bytes; one buffer holds less than 2 GiB",
              length,
              type,
              size));
    }
    allocatedBytes += size + ALIGNMENT;
    largestBytes = Math.max(largestBytes, size);
    if (counting) {
      return NativeBuffer.placeholder(type, length);
    }
    ByteBuffer whole = ByteBuffer.allocateDirect((int) size + ALIGNMENT);
    owned.push(() -> Cleaner.free(whole));
    int pad = (ALIGNMENT - whole.alignmentOffset(0, ALIGNMENT)) % ALIGNMENT;
    return new NativeBuffer(whole.slice(pad, (int) size), type);
  }

  /** A new buffer of float32 zeros. */
  public NativeBuffer floats(long length) {
    return allocate(ElementType.FLOAT32, length);
  }

  /**
   * Takes ownership of a native object: it is closed with this memory, before what was taken
   * earlier.
   */
  public <T extends AutoCloseable> T own(T object) {
    owned.push(object);
    return object;
  }

  /** Bytes of all buffers allocated here. */
  public long allocatedBytes() {
    return allocatedBytes;
  }

  /** Bytes of the largest buffer allocated here. */
  public long largestBytes() {
    return largestBytes;
  }

  /**
   * Frees everything, the youngest first.
   *
   * @throws IllegalStateException if something could not be freed; all the rest was
   */
  @Override
  public void close() {
    IllegalStateException failure = null;
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new IllegalStateException("native memory could not be freed");
        }
        failure.addSuppressed(e);
      }
    }
    allocatedBytes = 0;
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Frees a direct buffer now rather than at some later garbage collection. The only door to it in
   * JDK 17 is {@code sun.misc.Unsafe.invokeCleaner}; reached by reflection, since javac's warning
   * about that class cannot be suppressed.
   */
  private static final class Cleaner {
    private static final Object UNSAFE;
    private static final Method INVOKE_CLEANER;

    static {
      try {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe");
        var instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        UNSAFE = instance.get(null);
        INVOKE_CLEANER = unsafe.getMethod("invokeCleaner", ByteBuffer.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    static void free(ByteBuffer buffer) throws InvocationTargetException, IllegalAccessException {
      INVOKE_CLEANER.invoke(UNSAFE, buffer);
    }
  }
}
