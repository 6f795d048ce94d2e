/** Weights of networks by the names and in the layout of PyTorch's modules, and back. */
package org.rondo.pytorch;
