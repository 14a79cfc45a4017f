/** What the agent counts of itself. */
package io.vitals.exporter.self;
