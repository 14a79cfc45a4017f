/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The programs that run under the agent, each with its class path, as the build compiled them. */
enum Program {
  /** Prints a greeting and ends with the status given. Java 8. */
  HELLO("HelloWorld", "java8"),
  /** Hands tasks to every kind of executor and says what the contract breaks. Java 8. */
  TASK_CONTRACT("TaskContract", "java8"),
  /** Answers each request by a task's call, through every kind of executor. Java 8. */
  TASK_SHOP("TaskShop", "java8"),
  /** Calls methods of every kind. Java 8. */
  METHOD_CALLS("MethodCalls", "java8"),
  /** Prints when its main began and the heap then in use. Java 8. */
  AT_MAIN("AtMain", "java8"),
  /** The JDK's server, {@code HttpURLConnection}, H2 through HikariCP. Java 8. */
  JDK_SHOP("JdkShop", "java8", "jdbc8"),
  /** The same with the newest H2 and HikariCP. Java 11. */
  JDK_SHOP_NEWEST("JdkShop", "java8", "jdbc"),
  /** The same with PostgreSQL's driver. Java 11. */
  JDK_SHOP_POSTGRESQL("JdkShop", "java8", "jdbc", "postgresql"),
  /** The situations of the JDBC contract with the last H2 for Java 8. Java 8. */
  JDBC_CONTRACT_ON_8("JdbcContract", "java8", "jdbc8"),
  /** The same with the newest H2 and HikariCP. Java 11. */
  JDBC_CONTRACT("JdbcContract", "java8", "jdbc"),
  /** The same with PostgreSQL's driver. Java 11. */
  JDBC_CONTRACT_POSTGRESQL("JdbcContract", "java8", "jdbc", "postgresql"),
  /** The same with HSQLDB. Java 11. */
  JDBC_CONTRACT_HSQLDB("JdbcContract", "java8", "jdbc", "hsqldb"),
  /** The same with an HSQLDB of 2008, whose class files have no stack maps. Java 8. */
  JDBC_CONTRACT_HSQLDB_1_8("JdbcContract", "java8", "jdbc8", "hsqldb18"),
  /** The same with Apache Derby. Java 17. */
  JDBC_CONTRACT_DERBY("JdbcContract", "java8", "jdbc", "derby"),
  /** The same with SQLite. Java 11. */
  JDBC_CONTRACT_SQLITE("JdbcContract", "java8", "jdbc", "sqlite"),
  /** The same with DuckDB. Java 8. */
  JDBC_CONTRACT_DUCKDB("JdbcContract", "java8", "jdbc8", "duckdb"),
  /** The same with MariaDB's driver. Java 17. */
  JDBC_CONTRACT_MARIADB("JdbcContract", "java8", "jdbc", "mariadb"),
  /** The same with MySQL's driver. Java 11. */
  JDBC_CONTRACT_MYSQL("JdbcContract", "java8", "jdbc", "mysql"),
  /** The situations of the JDBC contract with all drivers in one JVM. Java 17. */
  JDBC_DRIVERS(
      "JdbcDrivers",
      "java8",
      "jdbc",
      "postgresql",
      "hsqldb",
      "derby",
      "sqlite",
      "duckdb",
      "mariadb",
      "mysql"),
  /** The JDK's newer client in all its ways. Java 11. */
  JDK_CLIENTS("JdkClients", "java11", "java8"),
  /** Does on demand what a test wants to have counted, with H2. Java 8. */
  ERRANDS("Errands", "java8", "jdbc8"),
  /** Gets into trouble when asked to, with H2 over TCP. Java 8. */
  TROUBLES("Troubles", "java8", "jdbc8"),
  /** The same with the newest libraries and PostgreSQL's driver. Java 11. */
  TROUBLES_POSTGRESQL("Troubles", "java8", "jdbc", "postgresql"),
  /** Sends with {@code HttpURLConnection} what the HTTP contract asks for. Java 8. */
  URL_CONNECTION_CONTRACT("UrlConnectionClient", "java8"),
  /** Sends with the JDK's newer client what the HTTP contract asks for. Java 11. */
  JDK_CLIENT_CONTRACT("JdkHttpClient", "java11", "java8"),
  /** Brings its own of what the JDK lets an application replace. Java 8. */
  OWN_PARTS("OwnParts", "java8"),
  /** Answers the clients of the HTTP contract. Java 17. */
  HTTP_PEER("TomcatPeer", "jakarta", "java8", "tomcat11"),
  /** The pages of the HTTP contract on the JDK's server. Java 8. */
  JDK_SERVER_CONTRACT("JdkServerContract", "java8"),
  /** The pages of the HTTP contract on Tomcat 8.5. Java 8. */
  TOMCAT85_CONTRACT("TomcatContract", "javax", "java8", "tomcat85"),
  /** The pages of the HTTP contract on Tomcat 9. Java 8. */
  TOMCAT9_CONTRACT("TomcatContract", "javax", "java8", "tomcat9"),
  /** The pages of the HTTP contract on Tomcat 10.1. Java 11. */
  TOMCAT10_CONTRACT("TomcatContract", "jakarta", "java8", "tomcat10"),
  /** The pages of the HTTP contract on Tomcat 11. Java 17. */
  TOMCAT11_CONTRACT("TomcatContract", "jakarta", "java8", "tomcat11"),
  /** The pages of the HTTP contract on Jetty 9.4. Java 8. */
  JETTY9_CONTRACT("JettyContract", "jetty-javax", "javax", "java8", "jetty9"),
  /** The pages of the HTTP contract on Jetty 10. Java 11. */
  JETTY10_CONTRACT("JettyContract", "jetty-javax10", "javax", "java8", "jetty10"),
  /** The pages of the HTTP contract on Jetty 11. Java 11. */
  JETTY11_CONTRACT("JettyContract", "jetty-jakarta", "jakarta", "java8", "jetty11"),
  /** The pages of the HTTP contract on Jetty 12.1 with the servlets of Java EE 8. Java 17. */
  JETTY12_EE8_CONTRACT(
      "JettyContract", "jetty-ee8", "javax", "java8", "jetty12-nested", "jetty12-ee8"),
  /** The same with the servlets of Jakarta EE 9. Java 17. */
  JETTY12_EE9_CONTRACT(
      "JettyContract", "jetty-ee9", "jakarta", "java8", "jetty12-nested", "jetty12-ee9"),
  /** The pages of the HTTP contract on Jetty 12.1 with the servlets of Jakarta EE 10. Java 17. */
  JETTY12_EE10_CONTRACT(
      "JettyContract", "jetty-ee10", "jakarta", "java8", "jetty12", "jetty12-ee10"),
  /** The same with the servlets of Jakarta EE 11. Java 17. */
  JETTY12_EE11_CONTRACT(
      "JettyContract", "jetty-ee11", "jakarta", "java8", "jetty12", "jetty12-ee11"),
  /** The pages of the HTTP contract on Jetty 12.0 with the servlets of Jakarta EE 10. Java 17. */
  JETTY120_CONTRACT("JettyContract", "jetty-ee10", "jakarta", "java8", "jetty120"),
  /** The pages of the HTTP contract on Jetty 12.1 without servlets. Java 17. */
  JETTY12_HANDLERS_CONTRACT(
      "JettyHandlersContract", "jetty-ee10", "jakarta", "java8", "jetty12", "jetty12-ee10"),
  /** The pages of the HTTP contract on Undertow 2.2. Java 8. */
  UNDERTOW22_CONTRACT("UndertowContract", "undertow-javax", "javax", "java8", "undertow22"),
  /** The pages of the HTTP contract on Undertow 2.3. Java 11. */
  UNDERTOW23_CONTRACT("UndertowContract", "undertow-jakarta", "jakarta", "java8", "undertow23"),
  /** The pages of the HTTP contract on Undertow 2.3 without servlets. Java 11. */
  UNDERTOW23_HANDLERS_CONTRACT(
      "UndertowHandlersContract", "undertow-jakarta", "jakarta", "java8", "undertow23"),
  /** The pages of the HTTP contract on Piranha, which has no hook. Java 17. */
  PIRANHA_CONTRACT("PiranhaContract", "piranha-jakarta", "jakarta", "java8", "piranha"),
  /** The pages of the HTTP contract on smart-servlet, which has no hook. Java 8. */
  SMART_SERVLET_CONTRACT("SmartServletContract", "smart-javax", "javax", "java8", "smart"),
  /** Tomcat 9 with H2 and an outgoing call. Java 8. */
  TOMCAT9("TomcatShop", "javax", "java8", "tomcat9", "jdbc8"),
  /** Tomcat 10.1 with H2 and an outgoing call. Java 11. */
  TOMCAT10("TomcatShop", "jakarta", "java8", "tomcat10", "jdbc8"),
  /** Tomcat 11 with H2 and an outgoing call. Java 17. */
  TOMCAT11("TomcatShop", "jakarta", "java8", "tomcat11", "jdbc"),
  /** Deploys and undeploys a web application on Tomcat 9. Java 8. */
  REDEPLOYMENT9("Redeployment", "javax", "java8", "tomcat9"),
  /** The same on Tomcat 11. Java 17. */
  REDEPLOYMENT11("Redeployment", "jakarta", "java8", "tomcat11"),
  /** The same on Jetty 12.1. Java 17. */
  REDEPLOYMENT_JETTY12(
      "JettyRedeployment", "redeployment", "java8", "jetty12", "jetty12-ee10", "jetty12-webapp"),
  /** Executes statements on H2 through every pool. Java 17. */
  POOL_SHOP("PoolShop", "java17", "java8", "pools", "jdbc"),
  /** The same with the oldest of each. Java 17. */
  POOL_SHOP_OLDEST("PoolShop", "java17", "java8", "pools-oldest"),
  /** Connects to H2 through drivers that a test has made. Java 8. */
  BIG_METHODS("BigMethods", "java8", "jdbc8"),
  /** Executes statements on H2 through P6Spy and datasource-proxy. Java 8. */
  WRAPPER_SHOP("WrapperShop", "java8", "jdbc8", "wrappers"),
  /** Holds and waits for the connections of a HikariCP for Java 8. Java 8. */
  HIKARI_SHOP("HikariShop", "java8", "jdbc8"),
  /** The same with the newest HikariCP. Java 11. */
  HIKARI_SHOP_NEWEST("HikariShop", "java8", "jdbc"),
  /** Asks its own Tomcat 11 as fast as it can. Java 17. */
  TOMCAT_RUSH("TomcatRush", "jakarta", "java8", "tomcat11"),
  /** An application that treats its threads badly, on Tomcat 9 with H2. Java 8. */
  INSULTS8("TomcatInsults", "javax", "java8", "tomcat9", "jdbc8"),
  /** The same on Tomcat 11. Java 17. */
  INSULTS("TomcatInsults", "jakarta", "java8", "tomcat11", "jdbc"),
  /** Spring MVC 4.3 on Tomcat 9. Java 8. */
  SPRING4("SpringShop", "spring-javax", "java8", "tomcat9", "spring4"),
  /** Spring MVC 5.3 on Tomcat 9. Java 8. */
  SPRING5("SpringShop", "spring-javax", "java8", "tomcat9", "spring5"),
  /** Spring MVC 6.2 on Tomcat 10.1. Java 17. */
  SPRING6("SpringShop", "spring-jakarta", "java8", "tomcat10", "spring6"),
  /** Spring MVC 7.0 on Tomcat 11. Java 17. */
  SPRING7("SpringShop", "spring-jakarta", "java8", "tomcat11", "spring7"),
  /** Jersey 2.48 on Tomcat 9. Java 8. */
  JERSEY2("RestShop", "jaxrs-javax", "java8", "tomcat9", "jersey2"),
  /** Jersey 2.25 on Tomcat 9. Java 8. */
  JERSEY2_OLDEST("RestShop", "jaxrs-javax", "java8", "tomcat9", "jersey2-oldest"),
  /** Jersey 3.1 on Tomcat 10.1. Java 11. */
  JERSEY3("RestShop", "jaxrs-jakarta", "java8", "tomcat10", "jersey3"),
  /** Jersey 4.0 on Tomcat 11. Java 17. */
  JERSEY4("RestShop", "jaxrs-jakarta", "java8", "tomcat11", "jersey4"),
  /** RESTEasy 3.15 on Tomcat 9. Java 8. */
  RESTEASY3("RestShop", "jaxrs-javax", "java8", "tomcat9", "resteasy3"),
  /** RESTEasy 4.7 on Tomcat 9. Java 8. */
  RESTEASY4("RestShop", "jaxrs-javax", "java8", "tomcat9", "resteasy4"),
  /** RESTEasy 6.2 on Tomcat 10.1. Java 11. */
  RESTEASY6("RestShop", "jaxrs-jakarta", "java8", "tomcat10", "resteasy6"),
  /** RESTEasy 7.0 on Tomcat 11. Java 17. */
  RESTEASY7("RestShop", "jaxrs-jakarta", "java8", "tomcat11", "resteasy7"),
  /** CXF 3.6 on Tomcat 9. Java 11. */
  CXF3("RestShop", "jaxrs-javax", "java8", "tomcat9", "cxf3"),
  /** CXF 4.2 on Tomcat 11. Java 17. */
  CXF4("RestShop", "jaxrs-jakarta", "java8", "tomcat11", "cxf4"),
  /** Struts 2.3 on Tomcat 9. Java 8. */
  STRUTS23("StrutsShop", "struts-javax", "java8", "tomcat9", "struts23"),
  /** Struts 2.5 on Tomcat 9. Java 8. */
  STRUTS2("StrutsShop", "struts-javax", "java8", "tomcat9", "struts2"),
  /** Struts 6.10 on Tomcat 9. Java 8. */
  STRUTS6("StrutsShop", "struts-javax", "java8", "tomcat9", "struts6"),
  /** Struts 7.1 on Tomcat 11. Java 17. */
  STRUTS7("StrutsShop", "struts-jakarta", "java8", "tomcat11", "struts7"),
  /** Mojarra 2.3 and the compiler of JSP on Tomcat 9. Java 8. */
  MOJARRA2("FacesShop", "javax", "java8", "tomcat9", "mojarra2"),
  /** Mojarra 3.0 on Tomcat 10.1. Java 11. */
  MOJARRA3("FacesShop", "jakarta", "java8", "tomcat10", "mojarra3"),
  /** Mojarra 4.1 with Weld on Tomcat 11. Java 17. */
  MOJARRA4("FacesShop", "jakarta", "java8", "tomcat11", "mojarra4"),
  /** MyFaces 2.3 on Tomcat 9. Java 8. */
  MYFACES2("FacesShop", "javax", "java8", "tomcat9", "myfaces2"),
  /** An OSGi container for the bundle that is its argument. Java 8. */
  OSGI_CONTAINER("OsgiContainer", "osgi", "java8", "felix");

  /** What the build left for the smoke tests: the programs and the libraries. */
  static final Path HOME = Path.of(System.getProperty("vitals.smoke", "target")).toAbsolutePath();

  private final String main;
  private final String[] parts;

  Program(String main, String... parts) {
    this.main = main;
    this.parts = parts;
  }

  String mainClass() {
    return "io.vitals.smoke.programs." + main;
  }

  /** Jars, each named, in a fixed order, as class-data archives ask. */
  List<Path> classPath() {
    List<Path> path = new ArrayList<>();
    for (String part : parts) {
      path.addAll(jars(part));
    }
    return path;
  }

  /** The jars of one of the build's folders of programs and libraries. */
  static List<Path> jars(String folder) {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(HOME.resolve("libraries").resolve(folder), "*.jar")) {
      files.forEach(jars::add);
    } catch (IOException e) {
      throw new IllegalStateException("the build has not copied the libraries " + folder, e);
    }
    Collections.sort(jars);
    return jars;
  }
}
