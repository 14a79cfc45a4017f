/** Background work as small steps, and the one thread runner for it. */
package io.vitals.exporter.work;
