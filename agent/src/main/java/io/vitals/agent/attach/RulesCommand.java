/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.attach;

import io.vitals.agent.host.Extensions;
import io.vitals.agent.notify.Notifier;
import io.vitals.agent.notify.ServiceIdentity;
import io.vitals.exporter.alert.RuleSet;
import io.vitals.exporter.alert.RuleTrial;
import io.vitals.exporter.health.HealthSettings;
import io.vitals.exporter.yaml.FileFault;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;

/**
 * The commands {@code rules check FILE}, which says what the agent would say of an alerts file, and
 * {@code rules test FILE}, which tries rules on written series.
 */
final class RulesCommand {
  private final PrintStream out;
  private final PrintStream err;
  private final Extensions extensions = Extensions.ofProcess();

  RulesCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Whether the file is as it should be; says what it found. */
  boolean check(File file) {
    try {
      RuleSet rules = RuleSet.read(file, extensions.catalogue());
      HealthSettings.read(rules.root());
      Notifier.of(rules.root(), new ServiceIdentity("check", "check"), extensions.channelTypes());
      out.println(file + ": " + rules.size() + " rules, the built-in ones among them");
      return true;
    } catch (FileFault fault) {
      err.println("vitals: " + fault.getMessage());
    } catch (IOException unreadable) {
      err.println("vitals: cannot read " + file + ": " + unreadable);
    }
    return false;
  }

  /** Whether all alerts are as expected; says which are not. */
  boolean test(File file) {
    try {
      RuleTrial.Outcome outcome = RuleTrial.run(file, extensions.catalogue());
      for (String failure : outcome.failures) {
        err.println(failure);
      }
      out.println(
          file
              + ": "
              + (outcome.checks - outcome.failures.size())
              + " of "
              + outcome.checks
              + " as expected");
      return outcome.failures.isEmpty();
    } catch (FileFault fault) {
      err.println("vitals: " + fault.getMessage());
    } catch (IOException unreadable) {
      err.println("vitals: cannot read " + file + ": " + unreadable);
    }
    return false;
  }
}
