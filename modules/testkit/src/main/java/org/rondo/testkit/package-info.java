/** What tests of several modules share: gradient checks and seeds. Test scope only. */
package org.rondo.testkit;
