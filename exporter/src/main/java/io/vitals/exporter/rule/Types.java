/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.rule;

/** Makes the terms of operators, if their sides fit together by kind, unit and group. */
final class Types {
  private final Tokens tokens;

  Types(Tokens tokens) {
    this.tokens = tokens;
  }

  Term join(Token operator, int leftAt, Term left, int rightAt, Term right) throws ExpressionFault {
    condition(leftAt, left, operator);
    condition(rightAt, right, operator);
    groups(operator, left, right);
    return new Term.Junction(operator.text, left, right);
  }

  private void condition(int at, Term side, Token operator) throws ExpressionFault {
    if (!side.isCondition()) {
      throw tokens.fault(
          at,
          side.unit.text + " beside '" + operator.text + "'",
          "a condition, such as a comparison");
    }
  }

  /** Sees to it that a term is no condition. */
  void value(int at, Term side, String expected) throws ExpressionFault {
    if (side.isCondition()) {
      throw tokens.fault(at, "a condition", expected);
    }
  }

  Term compare(
      Token operator, Comparator comparator, int leftAt, Term left, int rightAt, Term right)
      throws ExpressionFault {
    common(operator, leftAt, left, rightAt, right);
    if (left.isConstant() && right.isConstant()) {
      throw tokens.fault(
          operator.offset, "two constants compared", "something that is measured on one side");
    }
    groups(operator, left, right);
    return left.isConstant()
        ? new Term.Comparison(comparator.flipped(), right, left)
        : new Term.Comparison(comparator, left, right);
  }

  Term add(Token operator, int leftAt, Term left, int rightAt, Term right) throws ExpressionFault {
    Unit unit = common(operator, leftAt, left, rightAt, right);
    groups(operator, left, right);
    return new Term.Arithmetic(operator.text.charAt(0), left, right, unit);
  }

  Term multiply(Token operator, int leftAt, Term left, int rightAt, Term right)
      throws ExpressionFault {
    value(leftAt, left, "a value to calculate with");
    value(rightAt, right, "a value to calculate with");
    boolean isProduct = operator.is("*");
    Unit unit =
        isProduct ? Unit.product(left.unit, right.unit) : Unit.quotient(left.unit, right.unit);
    if (unit == null) {
      throw tokens.fault(
          operator.offset,
          left.unit.text + (isProduct ? " times " : " divided by ") + right.unit.text,
          "units that give a number, a duration, bytes or a rate");
    }
    groups(operator, left, right);
    return new Term.Arithmetic(operator.text.charAt(0), left, right, unit);
  }

  /** The unit of both sides. */
  private Unit common(Token operator, int leftAt, Term left, int rightAt, Term right)
      throws ExpressionFault {
    value(leftAt, left, "a value beside '" + operator.text + "'");
    value(rightAt, right, "a value beside '" + operator.text + "'");
    Unit common = Unit.common(left.unit, right.unit);
    if (common != null) {
      return common;
    }
    if (isZero(left)) {
      return right.unit;
    }
    if (isZero(right)) {
      return left.unit;
    }
    boolean isRightPlain = right.isConstant() && right.unit == Unit.NONE;
    boolean isLeftPlain = left.isConstant() && left.unit == Unit.NONE;
    if (isLeftPlain || isRightPlain) {
      Unit other = isRightPlain ? left.unit : right.unit;
      throw tokens.fault(
          isRightPlain ? rightAt : leftAt, "a plain number beside " + other.text, other.remedy());
    }
    if (right.isConstant()) {
      throw tokens.fault(
          rightAt, right.unit.text + " beside " + left.unit.text, left.unit.remedy());
    }
    throw tokens.fault(
        operator.offset,
        left.unit.text + " " + operator.text + " " + right.unit.text,
        "the same unit on both sides");
  }

  private static boolean isZero(Term term) {
    return term instanceof Term.Literal
        && ((Term.Literal) term).value == 0
        && term.unit == Unit.NONE;
  }

  private void groups(Token operator, Term left, Term right) throws ExpressionFault {
    if (!left.by.isEmpty() && !right.by.isEmpty() && !left.by.equals(right.by)) {
      throw tokens.fault(
          operator.offset,
          "one side by (" + list(left) + "), the other by (" + list(right) + ")",
          "the same labels on both sides, or none on one");
    }
  }

  private static String list(Term term) {
    return String.join(", ", term.by);
  }
}
