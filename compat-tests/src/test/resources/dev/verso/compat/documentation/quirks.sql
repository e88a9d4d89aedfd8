-- # flexible typing
CREATE TABLE t1(a INTEGER, b VARCHAR(3), c DATETIME, d BOOLEAN, e NUMERIC, f nonsense words here);
INSERT INTO t1 VALUES ('hello', 'much longer than three', 'not a date', 'maybe', '12.50', x'00');
INSERT INTO t1 VALUES ('42', 7, 2024, TRUE, '1e3', '5');
SELECT *, typeof(a), typeof(b), typeof(c), typeof(d), typeof(e), typeof(f) FROM t1;
-- # no separate BOOLEAN: TRUE and FALSE are 1 and 0, unless columns are called so
SELECT TRUE, FALSE, TRUE + TRUE, typeof(TRUE), 5 IS TRUE, 0 IS NOT TRUE, NULL IS FALSE;
CREATE TABLE booleans("true" INT, "false" INT);
INSERT INTO booleans VALUES (7, 8);
SELECT true, false FROM booleans;
-- # no separate DATETIME
SELECT datetime(0, 'unixepoch'), julianday('2000-01-01'), unixepoch('1970-01-02');
-- # the datatype is optional
CREATE TABLE t2(a, b, c);
INSERT INTO t2 VALUES (1, 'x', 2.5);
SELECT typeof(a), typeof(b), typeof(c) FROM t2;
-- # foreign keys are not enforced unless asked for
CREATE TABLE parent(id INTEGER PRIMARY KEY);
CREATE TABLE child(pid REFERENCES parent);
INSERT INTO child VALUES (99);
PRAGMA foreign_keys;
PRAGMA foreign_keys = ON;
INSERT INTO child VALUES (98);
PRAGMA foreign_keys = OFF;
-- # PRIMARY KEYs can hold NULLs
CREATE TABLE pk(a TEXT PRIMARY KEY, b INT);
INSERT INTO pk VALUES (NULL, 1), (NULL, 2);
SELECT count(*) FROM pk;
CREATE TABLE ipk(a INTEGER PRIMARY KEY, b INT);
INSERT INTO ipk VALUES (NULL, 1), (NULL, 2);
SELECT * FROM ipk;
-- # aggregate queries can hold bare columns
CREATE TABLE sales(shop TEXT, day TEXT, amount INT);
INSERT INTO sales VALUES ('x', 'mon', 5), ('x', 'tue', 9), ('x', 'wed', 1), ('y', 'mon', 3), ('y', 'tue', 2);
SELECT shop, day, max(amount) FROM sales GROUP BY shop ORDER BY shop;
SELECT shop, day, min(amount) FROM sales GROUP BY shop ORDER BY shop;
SELECT day, max(amount) FROM sales;
SELECT shop, count(*) FROM sales GROUP BY 1 ORDER BY 1;
-- # letters outside ASCII keep their case
SELECT upper('äöü abc'), lower('ÄÖÜ ABC'), 'Ä' = 'ä' COLLATE nocase, 'a' = 'A' COLLATE nocase, 'Ä' LIKE 'ä', 'A' LIKE 'a';
-- # double-quoted strings are accepted where no column has the name
SELECT "hello" FROM t2;
SELECT "a", "A", "nosuch", typeof("nosuch") FROM t2;
SELECT a FROM t2 WHERE b = "x";
SELECT [nosuch] FROM t2;
SELECT `nosuch` FROM t2;
CREATE TABLE dq(a DEFAULT "text");
CREATE INDEX dqi ON dq(a, "literal");
INSERT INTO dq DEFAULT VALUES;
SELECT * FROM dq;
-- # keywords can be identifiers
CREATE TABLE key(match INT, end2 INT, action TEXT, cast INT, "order" INT, [group] INT);
INSERT INTO key VALUES (1, 2, 'x', 3, 4, 5);
SELECT match, action, cast, "order", [group] FROM key;
SELECT key.match AS replace FROM key;
CREATE TABLE order(a);
CREATE TABLE "order"(a);
SELECT 1 AS if, 2 AS desc;
SELECT 1 AS select;
CREATE TRIGGER AFTER INSERT ON t2 BEGIN SELECT 1; END;
CREATE TRIGGER after AFTER INSERT ON t2 BEGIN SELECT 1; END;
SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger';
-- # dubious SQL is taken as it comes
SELECT 1 FROM t2 INNER LEFT OUTER JOIN parent;
SELECT 'ab' 'cd';
SELECT 1 x, 2 y;
CREATE TABLE odd(a INT CONSTRAINT c1 CONSTRAINT c2 NOT NULL, b);
CREATE TABLE types(a UNSIGNED BIG INT(1,-2), b "any thing"(5), c "x y", d [foo] bar, e a "b c", f `int`, g "in""t");
PRAGMA table_info(types);
SELECT * FROM (t2);
SELECT 1,;
-- # AUTOINCREMENT is only for INTEGER PRIMARY KEY
CREATE TABLE ai(a INT PRIMARY KEY AUTOINCREMENT);
CREATE TABLE ai(a INTEGER PRIMARY KEY AUTOINCREMENT, b);
INSERT INTO ai(b) VALUES (1);
DELETE FROM ai;
INSERT INTO ai(b) VALUES (2);
SELECT * FROM ai;
SELECT * FROM sqlite_sequence;
-- # NUL characters in text
SELECT length('abc' || char(0) || 'def'), quote('a' || char(0) || 'b'), 'a' || char(0) || 'b' = 'a', instr('a' || char(0) || 'b', 'b'), hex('a' || char(0));
SELECT substr('a' || char(0) || 'bc', 3), typeof('a' || char(0)), upper('a' || char(0) || 'b') = 'A' || char(0) || 'B';
-- # text literals touching numbers
SELECT 123abc;
SELECT 0x1F, 0x1G;
SELECT 1_000, 1__0;
-- # unknown functions and columns are errors, not NULL
SELECT nosuchfunction(1);
SELECT nosuchcolumn;
---- new
-- # types advise: 1234 as text becomes a number, what is no number stays, no length is enforced
CREATE TABLE flex(i INTEGER, v VARCHAR(5));
INSERT INTO flex VALUES ('1234', 'more than five'), ('wxyz', replace(hex(zeroblob(1000)), '0', 'v'));
SELECT i, typeof(i), length(v) FROM flex;
-- # columns without a type take anything
CREATE TABLE t1(a, b, c, d);
INSERT INTO t1 VALUES (1, 'x', 2.5, x'00'), (NULL, '1', 1e3, zeroblob(2));
SELECT typeof(a), typeof(b), typeof(c), typeof(d) FROM t1;
-- # three ways to keep a date
SELECT date('2018-04-02 12:13:46'), date(1522671226, 'unixepoch'), date(2458211.00956), datetime(julianday('2018-04-02 12:13:46')), unixepoch('2018-04-02 12:13:46');
-- # NULL in primary keys of several columns; NOT NULL, WITHOUT ROWID and STRICT refuse it
CREATE TABLE pk2(a, b, PRIMARY KEY (a, b));
INSERT INTO pk2 VALUES (1, NULL), (1, NULL), (NULL, NULL);
CREATE TABLE pk3(a NOT NULL, b, PRIMARY KEY (a, b));
INSERT INTO pk3 VALUES (NULL, 1);
CREATE TABLE pk4(a PRIMARY KEY) WITHOUT ROWID;
INSERT INTO pk4 VALUES (NULL);
CREATE TABLE pk5(a TEXT PRIMARY KEY) STRICT;
INSERT INTO pk5 VALUES (NULL);
CREATE TABLE pk6(a INTEGER PRIMARY KEY) STRICT;
INSERT INTO pk6 VALUES (NULL), (10), (NULL);
SELECT a FROM pk6;
-- # bare columns beside max() come from its row; GROUP BY alone leaves one row for each group
CREATE TABLE employee(first_name, last_name, salary, dept);
INSERT INTO employee VALUES ('A', 'One', 10, 'x'), ('B', 'Two', 30, 'x'), ('C', 'Three', 20, 'y');
SELECT max(salary), first_name, last_name FROM employee;
SELECT min(salary), first_name || ' ' || last_name AS name FROM employee GROUP BY dept ORDER BY dept;
SELECT dept FROM employee GROUP BY dept ORDER BY dept;
SELECT count(*) FROM (SELECT first_name FROM employee GROUP BY dept);
SELECT first_name, dept FROM employee GROUP BY dept HAVING dept = 'y';
-- # a misspelt name in double quotes is a string, also in indexes, CHECKs and views
SELECT "first_name", "frist_name" FROM employee ORDER BY 1;
SELECT count(*) FROM employee WHERE "dpet" = 'x';
CREATE TABLE dq2(a CHECK (a <> "bad"), b DEFAULT "dd");
INSERT INTO dq2(a) VALUES ('bad');
INSERT INTO dq2(a) VALUES ('good');
SELECT * FROM dq2;
CREATE VIEW dqv AS SELECT "nothing" AS n FROM dq2;
SELECT n FROM dqv;
UPDATE dq2 SET b = "new text" WHERE a = "good";
SELECT b FROM dq2;
SELECT "a""b", 'a''b', "";
-- # keywords as names where the place makes it clear
CREATE TABLE union(true INT, with BOOLEAN);
INSERT INTO union VALUES (5, 6);
SELECT true, with, union.true FROM union;
SELECT * FROM union;
CREATE TABLE tablex(a);
CREATE TABLE tabley(b);
CREATE TRIGGER AFTER INSERT ON tablex BEGIN INSERT INTO tabley(b) VALUES (new.a); END;
INSERT INTO tablex VALUES (1);
SELECT b, (SELECT sql FROM sqlite_schema WHERE type = 'trigger') FROM tabley;
CREATE TRIGGER vt AFTER INSERT ON tablex BEGIN INSERT INTO tabley(b) SELECT count(*) FROM tabley; END;
DELETE FROM tabley;
INSERT INTO tablex VALUES (2);
SELECT b FROM tabley;
CREATE TABLE tablez(INTEGER PRIMARY KEY);
PRAGMA table_info(tablez);
INSERT INTO tablez VALUES ('text'), (NULL);
SELECT rowid, integer FROM tablez;
-- # AUTOINCREMENT goes with the rowid alone
CREATE TABLE auto1(id INTEGER AUTOINCREMENT PRIMARY KEY);
CREATE TABLE auto2(id INTEGER PRIMARY KEY, n INTEGER AUTOINCREMENT);
CREATE TABLE auto3(id BIGINT PRIMARY KEY AUTOINCREMENT);
CREATE TABLE auto4(id INTEGER PRIMARY KEY AUTOINCREMENT);
-- # NUL in the middle of texts
CREATE TABLE nul(t TEXT);
INSERT INTO nul VALUES ('ab' || char(0) || 'cd');
SELECT length(t), length(CAST(t AS BLOB)), t LIKE '%cd', t = 'ab', t || '!', instr(t, 'cd'), hex(t), quote(t), unicode(substr(t, 3)) FROM nul;
SELECT count(*) FROM nul WHERE t > 'ab';
-- # a number is no text
SELECT 1 = '1', '1' = 1, 1.0 = 1, x'31' = '1', 1 < '1', CAST(1 AS TEXT) = '1', 1 IN ('1'), (SELECT 1) = '1';
-- # all joins have one precedence, from left to right
CREATE TABLE ja(x);
CREATE TABLE jb(x);
CREATE TABLE jc(x);
CREATE TABLE jd(x);
INSERT INTO ja VALUES (1), (2);
INSERT INTO jb VALUES (2), (3);
INSERT INTO jc VALUES (3), (4);
INSERT INTO jd VALUES (5);
SELECT ja.x, jb.x, jc.x, jd.x FROM ja, jb RIGHT JOIN jc ON jb.x = jc.x, jd ORDER BY 1, 2, 3;
SELECT ja.x, jb.x, jc.x, jd.x FROM ja, (jb RIGHT JOIN jc ON jb.x = jc.x), jd ORDER BY 1, 2, 3;
SELECT ja.x, jb.x, jc.x FROM ja, jb FULL JOIN jc ON jb.x = jc.x ORDER BY 1, 2, 3;
SELECT ja.x, jb.x, jc.x FROM ja, (jb FULL JOIN jc ON jb.x = jc.x) ORDER BY 1, 2, 3;
