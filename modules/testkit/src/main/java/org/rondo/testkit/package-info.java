/** What tests of several modules share: gradient checks, seeds, jars of users. Test scope only. */
package org.rondo.testkit;
