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
