package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RemotePlacesTest {
  @Test
  void placesAreTheKeysThatNameOthersMachines() {
    assertThat(
            RemotePlaces.in(
                "train", "../../conf/char-lm.conf", "--set", "output=hdfs://me:mine@h:1/x"))
        .isEqualTo(", while using output = hdfs://me:*********(redacted)@h:1/x");
    assertThat(RemotePlaces.in("train", "no such file")).isEmpty();
  }
}
