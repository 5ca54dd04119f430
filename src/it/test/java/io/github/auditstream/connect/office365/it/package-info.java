/** Integration tests: the packaged connector in real workers against a real broker and registry. */
@NullMarked
package io.github.auditstream.connect.office365.it;

import org.jspecify.annotations.NullMarked;
