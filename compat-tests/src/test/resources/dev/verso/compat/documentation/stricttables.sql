-- # STRICT after the parenthesis; types must be one of six, and there must be one
CREATE TABLE good(a INT, b INTEGER, c REAL, d TEXT, e BLOB, f ANY) STRICT;
CREATE TABLE bad1(a) STRICT;
CREATE TABLE bad2(a VARCHAR(10)) STRICT;
CREATE TABLE bad3(a INT, b DATETIME, c) STRICT;
CREATE TABLE bad4(a INT) STRIKT;
CREATE TABLE bad5(a int, b any, c integer, d text, e blob, f real) strict;
-- # content must be of the type or convertible without loss
INSERT INTO good VALUES (1, 2, 3.5, 'x', x'00', 'any');
INSERT INTO good VALUES ('1', '2', '3.5', 4, x'01', 5);
INSERT INTO good VALUES (1.0, '4.0', 7, 5.5, x'', 1.5);
INSERT INTO good VALUES (NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO good(a) VALUES ('xyz');
INSERT INTO good(a) VALUES (1.5);
INSERT INTO good(b) VALUES ('1.25');
INSERT INTO good(b) VALUES (x'31');
INSERT INTO good(c) VALUES ('abc');
INSERT INTO good(c) VALUES (x'00');
INSERT INTO good(d) VALUES (x'61');
INSERT INTO good(e) VALUES ('text');
INSERT INTO good(e) VALUES (1);
SELECT *, typeof(a), typeof(b), typeof(c), typeof(d), typeof(e), typeof(f) FROM good;
UPDATE good SET a = 'zz' WHERE a = 1;
UPDATE good SET d = 12 WHERE d = 'x' RETURNING d, typeof(d);
-- # ANY keeps what it is given, unlike an ordinary table's ANY
CREATE TABLE any_strict(a ANY) STRICT;
INSERT INTO any_strict VALUES ('000123');
SELECT typeof(a), quote(a) FROM any_strict;
CREATE TABLE any_loose(a ANY);
INSERT INTO any_loose VALUES ('000123');
SELECT typeof(a), quote(a) FROM any_loose;
-- # the primary key is NOT NULL, apart from INTEGER PRIMARY KEY
CREATE TABLE pk(a TEXT PRIMARY KEY, b INT) STRICT;
INSERT INTO pk VALUES (NULL, 1);
CREATE TABLE ipk(a INTEGER PRIMARY KEY, b INT) STRICT;
INSERT INTO ipk VALUES (NULL, 1);
CREATE TABLE intpk(a INT PRIMARY KEY, b INT) STRICT;
INSERT INTO intpk VALUES (NULL, 1);
INSERT INTO intpk VALUES ('7', 1);
SELECT * FROM intpk;
SELECT rowid = a FROM intpk;
-- # with WITHOUT ROWID, in either order
CREATE TABLE both1(a TEXT PRIMARY KEY, b INT) STRICT, WITHOUT ROWID;
CREATE TABLE both2(a TEXT PRIMARY KEY, b INT) WITHOUT ROWID, STRICT;
INSERT INTO both1 VALUES (1, '2');
SELECT typeof(a), typeof(b) FROM both1;
INSERT INTO both2 VALUES ('k', 'v');
-- # table_list tells which tables are strict
SELECT name, type, ncol, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%' ORDER BY name;
-- # CHECK, DEFAULT, foreign keys and generated columns work as ever
CREATE TABLE more(a INT DEFAULT 'oops', b TEXT CHECK (length(b) < 3), c INT AS (a + 1)) STRICT;
INSERT INTO more(b) VALUES ('x');
INSERT INTO more(a, b) VALUES (1, 'long');
INSERT INTO more(a, b) VALUES (1, 'ok') RETURNING *;
CREATE TABLE copy AS SELECT * FROM more;
SELECT sql FROM sqlite_schema WHERE name = 'copy';
-- # integrity_check knows the types
PRAGMA integrity_check;
-- # INSERT OR IGNORE does not ignore a wrong type
INSERT OR IGNORE INTO good(a) VALUES ('xyz');
INSERT OR REPLACE INTO good(a) VALUES ('xyz');
-- # ALTER TABLE knows the types
ALTER TABLE more ADD COLUMN d VARCHAR;
ALTER TABLE more ADD COLUMN d;
ALTER TABLE more ADD COLUMN d BLOB;
INSERT INTO more(a, b, d) VALUES (1, 'y', 'text');
