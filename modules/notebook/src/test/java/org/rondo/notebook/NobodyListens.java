package org.rondo.notebook;

import org.apache.zeppelin.interpreter.InterpreterOutput;
import org.apache.zeppelin.interpreter.InterpreterOutputListener;
import org.apache.zeppelin.interpreter.InterpreterResultMessageOutput;

/** No browser is shown what a paragraph prints as it goes. */
final class NobodyListens implements InterpreterOutputListener {
  @Override
  public void onUpdateAll(InterpreterOutput output) {}

  @Override
  public void onAppend(int index, InterpreterResultMessageOutput output, byte[] line) {}

  @Override
  public void onUpdate(int index, InterpreterResultMessageOutput output) {}
}
