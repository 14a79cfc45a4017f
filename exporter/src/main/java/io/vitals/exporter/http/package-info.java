/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The short way to a backend: plain HTTP/1.1 to a host of its own, which is what a collector beside
 * the application speaks.
 */
package io.vitals.exporter.http;
