/** Sets up an installed Zeppelin through its REST interface: scripts/zeppelin-setup.sh. */
package org.rondo.notebook.zeppelin;
