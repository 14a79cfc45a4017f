/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;

/**
 * A driver around another one whose connections and statements must not be looked at: {@code
 * getMetaData} of connections, {@code toString}, {@code hashCode} and {@code equals} throw and are
 * counted.
 */
public final class TouchyDriver implements Driver {
  private static final AtomicInteger TOUCHED = new AtomicInteger();

  private final Driver driver;

  TouchyDriver(Driver driver) {
    this.driver = driver;
  }

  /** How often somebody looked. */
  static int touched() {
    return TOUCHED.get();
  }

  private static IllegalStateException touch() {
    TOUCHED.incrementAndGet();
    return new IllegalStateException("touched");
  }

  @Override
  public Connection connect(String url, Properties info) throws SQLException {
    Connection connection = driver.connect(url, info);
    return connection == null ? null : (Connection) touchy(connection, Connection.class);
  }

  private static Object touchy(Object object, Class<?> type) {
    return Proxy.newProxyInstance(
        TouchyDriver.class.getClassLoader(), new Class<?>[] {type}, new Touchy(object));
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return driver.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
    return driver.getPropertyInfo(url, info);
  }

  @Override
  public int getMajorVersion() {
    return driver.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return driver.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return driver.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("touchy");
  }

  /** Passes calls on to the driver's object, but not those that look at it. */
  private static final class Touchy implements InvocationHandler {
    private final Object object;

    Touchy(Object object) {
      this.object = object;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      if (method.getDeclaringClass() == Object.class
          || method.getName().equals("getMetaData") && object instanceof Connection) {
        throw touch();
      }
      Object result;
      try {
        result = method.invoke(object, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
      Class<?> type = method.getReturnType();
      boolean statement = result instanceof Statement && Statement.class.isAssignableFrom(type);
      return statement ? touchy(result, type) : result;
    }
  }
}
