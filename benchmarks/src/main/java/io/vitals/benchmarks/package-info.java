/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Runs the benchmarks.
 *
 * <pre>
 * mvn -q -Pbenchmarks -pl benchmarks -am -DskipTests package                         all of them
 * mvn -q -Pbenchmarks -pl benchmarks -am -DskipTests package -Dbenchmarks=Probe      some
 * mvn -q -Pbenchmarks -pl benchmarks -am -DskipTests package "-Dbenchmarks=Tomcat -wi 5 -i 10"
 * </pre>
 *
 * <p>The benchmarks lie in the packages of what they measure. Each carries its results with their
 * date; read a result against the floor of the same run and nothing else.
 */
package io.vitals.benchmarks;
