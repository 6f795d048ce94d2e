package org.rondo.kernels;

class JavaMatmulTest extends MatmulContract {
  @Override
  protected MatmulProvider provider() {
    return new JavaMatmulProvider();
  }
}
