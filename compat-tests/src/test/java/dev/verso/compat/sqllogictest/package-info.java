/** The sqllogictest corpus of the Maven artifact {@code net.hydromatic:sql-logic-test}, run through the driver. Begin with {@link dev.verso.compat.sqllogictest.Script}. */
package dev.verso.compat.sqllogictest;
