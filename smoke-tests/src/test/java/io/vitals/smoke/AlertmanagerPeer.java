/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An Alertmanager that a test can ask what it knows. */
interface AlertmanagerPeer extends AutoCloseable {
  /** The real one where this machine has it, otherwise a server that takes what it takes. */
  static AlertmanagerPeer start(java.nio.file.Path folder) throws IOException {
    AlertmanagerPeer real = RealAlertmanager.ifInstalled(folder);
    return real == null ? new StrictAlertmanager() : real;
  }

  String url();

  /** What it is, for people. */
  String what();

  /** The alerts that it takes for active now. */
  List<JsonObject> active() throws IOException, InterruptedException;

  /** What it could not take; empty if everything was as it should be. */
  List<String> refused();

  @Override
  void close();

  /** The items of a JSON list. */
  static List<JsonObject> items(String json) {
    List<JsonObject> all = new ArrayList<>();
    for (JsonElement each : JsonParser.parseString(json).getAsJsonArray()) {
      all.add(each.getAsJsonObject());
    }
    return all;
  }
}
