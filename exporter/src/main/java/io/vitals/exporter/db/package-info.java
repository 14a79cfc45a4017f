/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Reads connection URLs and SQL texts, on the drain thread alone.
 *
 * <pre>
 * DbSpan.database (URL)  -&gt; DatabaseInfo   db.system.name, db.namespace, server.address, server.port
 * DbSpan.sql (text)      -&gt; Statements     remembers texts
 *                             SqlLexer     db.query.text: every literal becomes ?
 *                             SqlSummary   db.query.summary: operations and their targets
 * </pre>
 */
package io.vitals.exporter.db;
