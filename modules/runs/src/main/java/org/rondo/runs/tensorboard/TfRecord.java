package org.rondo.runs.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The framing of records in a file: the length (64 bits), the masked CRC-32C of these eight bytes,
 * the record, and its masked CRC-32C; all little-endian.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TFRecord</a>
 */
final class TfRecord {
  private static final int MASK = 0xa282ead8;

  private TfRecord() {}

  /** A record as it stands in a file. */
  static byte[] of(byte[] record) {
    ByteBuffer framed =
        ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + record.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    framed.putLong(record.length);
    framed.putInt(maskedChecksum(framed.array(), Long.BYTES));
    return framed.put(record).putInt(maskedChecksum(record, record.length)).array();
  }

  /** Rotated and shifted, so that the checksum of data which holds checksums stays a good one. */
  private static int maskedChecksum(byte[] bytes, int length) {
    var checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return Integer.rotateRight((int) checksum.getValue(), 15) + MASK;
  }
}
