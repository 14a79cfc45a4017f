/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.db;

import java.util.Locale;

/**
 * Reads system, namespace, address and port out of a JDBC URL.
 *
 * <p>The URL is taken in lower case, which is how OpenTelemetry's agent shows it. User names and
 * passwords inside it are never part of a result; the one exception is PostgreSQL, whose default
 * schema is the user.
 */
final class JdbcUrl {
  private static final String[] STARTS = {"jdbc-secretsmanager:", "jdbc:"};

  /** Drivers around a driver, which put their name before the real one. */
  private static final String[] WRAPPERS = {
    "tracing:", "aws-wrapper:", "aws-dsql:", "p6spy:", "otel:", "log4jdbc:"
  };

  private static final String CONTAINER = "tc:";

  private final String user;
  private final String kind;

  /** What follows the kind and its colon, without parameters. */
  private String rest;

  private String parameters = "";
  private boolean container;
  private String userInUrl;
  private String system;
  private int defaultPort;
  private String namespace;
  private String address;
  private int port;

  /** Prepares {@code url}; {@code user} is the name given beside it, or null. */
  JdbcUrl(String url, String user) {
    this.user = user;
    String text = unwrap(url.trim().toLowerCase(Locale.ROOT));
    int colon = text.indexOf(':');
    this.kind = colon < 0 ? text : text.substring(0, colon);
    this.rest = colon < 0 ? "" : text.substring(colon + 1);
    this.system = DatabaseSystem.ofUrl(kind);
    this.defaultPort = DatabaseSystem.defaultPort(kind);
  }

  private String unwrap(String url) {
    String text = url;
    for (String start : STARTS) {
      if (text.startsWith(start)) {
        text = text.substring(start.length());
        break;
      }
    }
    for (int i = 0; i < WRAPPERS.length; i++) {
      if (text.startsWith(WRAPPERS[i])) {
        text = text.substring(WRAPPERS[i].length());
        i = -1;
      }
    }
    if (text.startsWith(CONTAINER)) {
      container = true;
      text = text.substring(CONTAINER.length());
    }
    return text;
  }

  DatabaseInfo info() {
    switch (kind) {
      case "postgresql":
        postgresql();
        break;
      case "oracle":
        oracle();
        break;
      case "sqlserver":
      case "microsoft":
      case "jtds":
        sqlServer();
        break;
      case "h2":
        embedded("mem:", "file:", "zip:");
        break;
      case "hsqldb":
        embedded("mem:", "file:", "res:");
        break;
      case "derby":
        derby();
        break;
      case "sqlite":
        sqlite();
        break;
      case "datadirect":
      case "tibcosoftware":
        dataDirect();
        break;
      default:
        network();
    }
    if (container) {
      address = null;
      port = 0;
    }
    return new DatabaseInfo(system, blankToNull(namespace), blankToNull(address), port);
  }

  private void network() {
    splitParameters();
    if (kind.equals("oceanbase") && rest.startsWith("oracle:")) {
      system = "oracle.db";
    }
    String path = hosts();
    if (path == null && rest.startsWith("/") && !rest.startsWith("//")) {
      path = rest.substring(1);
    }
    namespace = path;
    if (kind.startsWith("informix")) {
      String database = kind.equals("informix-direct") ? address : path;
      int colon = database == null ? -1 : database.indexOf(':');
      namespace = colon < 0 ? database : database.substring(0, colon);
      if (kind.equals("informix-direct")) {
        address = null;
        port = 0;
      }
    } else if (kind.equals("db2") && path != null && path.indexOf(':') >= 0) {
      namespace = path.substring(0, path.indexOf(':'));
    } else if (namespace == null || namespace.isEmpty()) {
      namespace = parameter("databasename");
    }
  }

  private void postgresql() {
    splitParameters();
    String path = hosts();
    String database = path == null && !container && rest.indexOf('/') < 0 ? rest : path;
    if (database == null || database.isEmpty()) {
      return;
    }
    String schema = parameter("currentschema");
    String name = user != null ? user : userInUrl != null ? userInUrl : parameter("user");
    schema = schema != null ? schema : name;
    namespace = schema == null || schema.isEmpty() ? database : database + "|" + schema;
  }

  private void sqlServer() {
    splitParameters();
    String path = hosts();
    if (blankToNull(address) == null) {
      address = parameter("servername");
      String given = parameter("portnumber");
      port = given == null ? 0 : notDefault(number(given));
    }
    String instance = parameter(kind.equals("jtds") ? "instance" : "instancename");
    int backslash = address == null ? -1 : address.indexOf('\\');
    if (backslash >= 0) {
      instance = address.substring(backslash + 1);
      address = address.substring(0, backslash);
    }
    String database = path;
    if (database == null || database.isEmpty()) {
      database = parameter("databasename");
    }
    if (database == null) {
      database = parameter("database");
    }
    namespace =
        instance == null ? database : database == null ? instance : instance + "|" + database;
  }

  private void embedded(String... inProcess) {
    splitParameters();
    String path = hosts();
    if (path != null || address != null) {
      namespace = path;
      return;
    }
    namespace = rest;
    for (String start : inProcess) {
      if (rest.startsWith(start)) {
        namespace = rest.substring(start.length());
      }
    }
  }

  private void derby() {
    splitParameters();
    String path = hosts();
    namespace = path != null || address != null ? path : rest;
    if (namespace != null) {
      for (String start : new String[] {"memory:", "classpath:", "jar:"}) {
        if (namespace.startsWith(start)) {
          namespace = namespace.substring(start.length());
        }
      }
      if (namespace.startsWith("directory:")) {
        namespace = namespace.substring(Math.max(namespace.lastIndexOf('/'), 9) + 1);
      }
    }
    if (namespace == null || namespace.isEmpty()) {
      namespace = parameter("databasename");
    }
  }

  private void sqlite() {
    splitParameters();
    String file = rest.startsWith("file:") ? rest.substring("file:".length()) : rest;
    namespace =
        file.startsWith(":")
            ? file
            : file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  }

  private void dataDirect() {
    int colon = rest.indexOf(':');
    String real = colon < 0 ? rest : rest.substring(0, colon);
    system = DatabaseSystem.ofUrl(real);
    splitParameters();
    hosts();
    namespace = parameter("databasename");
    if (namespace == null) {
      namespace = parameter("servicename");
    }
  }

  /**
   * Forms: {@code @host:port:sid}, {@code @//host:port/service}, {@code @(...)}, {@code @alias}.
   */
  private void oracle() {
    int at = rest.lastIndexOf('@');
    if (at < 0) {
      return;
    }
    String target = rest.substring(at + 1).trim();
    if (target.startsWith("(")) {
      address = described(target, "host");
      String given = described(target, "port");
      port = given == null ? 0 : notDefault(number(given));
      namespace = described(target, "service_name");
      if (namespace == null) {
        namespace = described(target, "sid");
      }
      return;
    }
    if (target.startsWith("ldap:") || target.startsWith("ldaps:")) {
      namespace = target.substring(target.lastIndexOf('/') + 1);
      return;
    }
    int question = target.indexOf('?');
    target = question < 0 ? target : target.substring(0, question);
    int slashes = target.indexOf("//");
    target = slashes < 0 ? target : target.substring(slashes + 2);
    int slash = target.indexOf('/');
    if (slash >= 0) {
      hostList(target.substring(0, slash));
      String service = target.substring(slash + 1);
      int mode = service.indexOf(':');
      namespace = mode < 0 ? service : service.substring(0, mode);
      return;
    }
    int last = target.lastIndexOf(':');
    if (last < 0 && slashes < 0) {
      namespace = target;
    } else if (last > target.indexOf(':')) {
      hostList(target.substring(0, last));
      namespace = target.substring(last + 1);
    } else {
      hostList(target);
    }
  }

  /** The value of {@code (key=value)} or {@code ,key=value}, spaces allowed, or null. */
  private static String described(String description, String key) {
    for (int at = description.indexOf('='); at >= 0; at = description.indexOf('=', at + 1)) {
      int from = at - 1;
      while (from >= 0 && "(),".indexOf(description.charAt(from)) < 0) {
        from--;
      }
      if (from >= 0 && description.substring(from + 1, at).trim().equals(key)) {
        int end = at + 1;
        while (end < description.length() && "(),".indexOf(description.charAt(end)) < 0) {
          end++;
        }
        return description.substring(at + 1, end).trim();
      }
    }
    return null;
  }

  /** Reads what follows {@code //}, and returns what follows its slash; null without either. */
  private String hosts() {
    int slashes = rest.indexOf("//");
    if (slashes < 0) {
      return null;
    }
    String target = rest.substring(slashes + 2);
    // A password may hold a slash: the authority ends at the first one after the last @.
    int slash = target.indexOf('/', Math.max(target.lastIndexOf('@'), 0));
    String authority = slash < 0 ? target : target.substring(0, slash);
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      int colon = authority.indexOf(':');
      userInUrl = authority.substring(0, colon >= 0 && colon < at ? colon : at);
    }
    hostList(authority.substring(at + 1));
    return slash < 0 ? null : target.substring(slash + 1);
  }

  /** Reads {@code host:port} or {@code host1:port1,host2}; several become one address, portless. */
  private void hostList(String list) {
    if (list.indexOf('(') >= 0) {
      address = described(list, "host");
      String given = described(list, "port");
      port = given == null ? 0 : notDefault(number(given));
      return;
    }
    String[] hosts = list.split(",");
    if (hosts.length <= 1) {
      address = host(list);
      port = notDefault(portOf(list));
      return;
    }
    boolean allDefault = true;
    for (String each : hosts) {
      allDefault &= notDefault(portOf(each)) == 0;
    }
    StringBuilder all = new StringBuilder();
    for (String each : hosts) {
      all.append(all.length() == 0 ? "" : ",").append(host(each));
      int effective = portOf(each) == 0 ? defaultPort : portOf(each);
      if (!allDefault && effective != 0) {
        all.append(':').append(effective);
      }
    }
    address = all.toString();
  }

  private static String host(String hostAndPort) {
    if (hostAndPort.startsWith("[")) {
      int end = hostAndPort.indexOf(']');
      return end < 0 ? hostAndPort : hostAndPort.substring(1, end);
    }
    int colon = hostAndPort.indexOf(':');
    return colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
  }

  private static int portOf(String hostAndPort) {
    int colon = hostAndPort.indexOf(':', hostAndPort.indexOf(']') + 1);
    return colon < 0 ? 0 : number(hostAndPort.substring(colon + 1));
  }

  private int notDefault(int given) {
    return given == defaultPort ? 0 : given;
  }

  /** The number, or 0 if there is none from 1 to 65535. */
  private static int number(String digits) {
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9' || (value = value * 10 + c - '0') > 65535) {
        return 0;
      }
    }
    return value;
  }

  /** Takes what follows the first {@code ?} or {@code ;} away from the rest. */
  private void splitParameters() {
    int question = rest.indexOf('?');
    int semicolon = rest.indexOf(';');
    int at = question < 0 ? semicolon : semicolon < 0 ? question : Math.min(question, semicolon);
    if (at >= 0) {
      parameters = rest.substring(at + 1);
      rest = rest.substring(0, at);
    }
  }

  private String parameter(String key) {
    for (String pair : parameters.split("[;&]")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).trim().equals(key)) {
        return pair.substring(equals + 1).trim();
      }
    }
    return null;
  }

  private static String blankToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
