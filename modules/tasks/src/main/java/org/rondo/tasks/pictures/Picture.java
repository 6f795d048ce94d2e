package org.rondo.tasks.pictures;

/** Something that a report draws. Written as JSON whose field {@code kind} says what it is. */
public sealed interface Picture permits LinePicture, FramePicture, MatrixPicture {
  /** The word that the page knows it by. */
  String kind();

  /** What it is of, in a few words. */
  String title();
}
