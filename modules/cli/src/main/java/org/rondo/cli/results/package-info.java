/** What commands show and write of predictions and scores: tables, pictures, rows. */
package org.rondo.cli.results;
