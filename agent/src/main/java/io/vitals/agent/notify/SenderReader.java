/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.agent.host.OwnChannelType;
import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/** Reads what only one kind of channel has, and makes its {@link Sender}. */
final class SenderReader {
  static final String ALERTMANAGER = "alertmanager";

  private static final String[] URL = {"url", "url_env", "url_file"};
  private static final String[] HTTP = {"headers", "headers_env", "headers_file", "ca_file"};

  private final YamlNode node;
  private final Map<String, String> environment;
  private final Map<String, OwnChannelType> ownTypes;
  private final long longestInterval;

  SenderReader(
      YamlNode node,
      Map<String, String> environment,
      Map<String, OwnChannelType> ownTypes,
      long longestInterval) {
    this.node = node;
    this.environment = environment;
    this.ownTypes = ownTypes;
    this.longestInterval = longestInterval;
  }

  /** The fields that a channel of this type may have beside those of all. */
  String[] fieldsOf(String type) throws FileFault {
    switch (type) {
      case ALERTMANAGER:
      case "slack":
        return joined(URL, HTTP);
      case "webhook":
        return joined(URL, HTTP, new String[] {"template"});
      case "pagerduty":
        return joined(
            URL, HTTP, new String[] {"routing_key", "routing_key_env", "routing_key_file"});
      case "email":
        return new String[] {
          "host",
          "port",
          "starttls",
          "tls",
          "username",
          "password",
          "password_env",
          "password_file",
          "from",
          "to",
          "ca_file"
        };
      default:
        if (ownTypes.containsKey(type)) {
          return node.fields().keySet().toArray(new String[0]);
        }
        throw node.needed("type").expected(types());
    }
  }

  private String types() {
    String own = ownTypes.isEmpty() ? "" : ", or of an extension: " + ownTypes.keySet();
    return "alertmanager, webhook, slack, pagerduty or email" + own;
  }

  private static String[] joined(String[]... parts) {
    List<String> all = new ArrayList<>();
    for (String[] part : parts) {
      Collections.addAll(all, part);
    }
    return all.toArray(new String[0]);
  }

  /** Makes the sender. */
  Sender read(String channel, String type, long timeoutNanos) throws FileFault {
    switch (type) {
      case ALERTMANAGER:
        return new AlertmanagerSender(post(url(), "/api/v2/alerts", timeoutNanos), longestInterval);
      case "slack":
        return new SlackSender(post(url(), "", timeoutNanos));
      case "webhook":
        return new WebhookSender(
            channel, post(url(), "", timeoutNanos), Template.read(node, channel));
      case "pagerduty":
        Secret key = Secret.needed(node, "routing_key", environment);
        Secret url = Secret.read(node, "url", environment);
        return new PagerDutySender(
            post(url == null ? Secret.open(PagerDutySender.URL) : checked(url), "", timeoutNanos),
            key);
      case "email":
        return mail(timeoutNanos);
      default:
        return OwnSender.read(node, ownTypes.get(type), environment);
    }
  }

  private Secret url() throws FileFault {
    return checked(Secret.needed(node, "url", environment));
  }

  private Secret checked(Secret url) throws FileFault {
    try {
      if (HttpUrl.parse(url.get()) != null) {
        return url;
      }
    } catch (IOException readableBefore) {
      // Said below.
    }
    throw place("url").fault("a url that is not one of http or https", "such as http://host:9093");
  }

  private YamlNode place(String name) throws FileFault {
    for (String suffix : new String[] {"", "_env", "_file"}) {
      if (node.field(name + suffix) != null) {
        return node.field(name + suffix);
      }
    }
    return node;
  }

  private HttpPost post(Secret url, String path, long timeoutNanos) throws FileFault {
    Secret base = url;
    if (!path.isEmpty()) {
      base = url.withoutEnd("/");
    }
    return new HttpPost(base, path, headers(), Trust.read(node), timeoutNanos);
  }

  private Map<String, Secret> headers() throws FileFault {
    Map<String, Secret> headers = new LinkedHashMap<>();
    for (String suffix : new String[] {"", "_env", "_file"}) {
      YamlNode field = node.field("headers" + suffix);
      if (field == null) {
        continue;
      }
      for (Map.Entry<String, YamlNode> header : field.fields().entrySet()) {
        Secret value = Secret.of(header.getValue(), suffix, environment);
        try {
          okhttp3.Headers.of(header.getKey(), value.get());
        } catch (IOException | IllegalArgumentException e) {
          // Its message may quote the value.
          throw header
              .getValue()
              .fault("a header that HTTP does not allow", "printable characters of ASCII");
        }
        headers.put(header.getKey(), value);
      }
    }
    return headers;
  }

  private Sender mail(long timeoutNanos) throws FileFault {
    MailSender.Account account = new MailSender.Account();
    account.host = node.needed("host").text();
    account.tls = node.flag("tls", false);
    account.startTls = node.flag("starttls", !account.tls);
    if (account.tls && account.startTls) {
      throw node.field("starttls").fault("starttls beside tls", "one of them");
    }
    account.port = (int) node.integer("port", account.tls ? 465 : 587, 1, 65_535);
    account.username = node.text("username", null);
    account.password = Secret.read(node, "password", environment);
    if ((account.username == null) != (account.password == null)) {
      throw node.fault("only one of username and password", "both or neither");
    }
    account.from = address(node.needed("from"));
    List<InternetAddress> to = new ArrayList<>();
    node.needed("to");
    for (YamlNode item : node.items("to")) {
      to.add(address(item));
    }
    if (to.isEmpty()) {
      throw node.field("to").fault("an empty list", "at least one address");
    }
    account.to = to.toArray(new InternetAddress[0]);
    account.trust = Trust.read(node);
    account.timeoutNanos = timeoutNanos;
    return new MailSender(account);
  }

  private static InternetAddress address(YamlNode node) throws FileFault {
    try {
      InternetAddress address = new InternetAddress(node.text(), true);
      address.validate();
      return address;
    } catch (AddressException e) {
      throw node.expected("a mail address");
    }
  }
}
