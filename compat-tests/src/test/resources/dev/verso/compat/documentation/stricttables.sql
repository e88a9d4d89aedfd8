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
---- new
-- # without STRICT what does not convert is stored as it is
CREATE TABLE loose(a INTEGER);
INSERT INTO loose VALUES ('123'), ('xyz');
SELECT a, typeof(a) FROM loose;
-- # NOT NULL columns of every type refuse NULL
CREATE TABLE nn(i INT NOT NULL, a ANY NOT NULL) STRICT;
INSERT INTO nn VALUES (NULL, 1);
INSERT INTO nn VALUES (1, NULL);
INSERT INTO nn VALUES (1, x'00');
-- # the usual conversions, lossless ones alone, of every class into every type
CREATE TABLE types(i INT, n INTEGER, r REAL, t TEXT, b BLOB, a ANY) STRICT;
INSERT INTO types(i) VALUES (' 12 '), ('1e2'), ('-0'), (1e3), (9223372036854775807.0);
INSERT INTO types(i) VALUES (1e19);
INSERT INTO types(i) VALUES ('9223372036854775808');
INSERT INTO types(i) VALUES ('');
INSERT INTO types(i) VALUES ('0x10');
INSERT INTO types(i) VALUES ('12 x');
INSERT INTO types(n) VALUES (0.1);
INSERT INTO types(n) VALUES (TRUE);
INSERT INTO types(r) VALUES (' 1.5 '), (7), ('8'), (9007199254740993), ('9007199254740993'), (1e400);
INSERT INTO types(r) VALUES ('1.5x');
INSERT INTO types(r) VALUES (x'31');
INSERT INTO types(t) VALUES (1.0), (12), ('t'), (1e30), ('');
INSERT INTO types(t) VALUES (x'');
INSERT INTO types(b) VALUES (x''), (zeroblob(3)), (CAST('text' AS BLOB));
INSERT INTO types(b) VALUES (1.5);
INSERT INTO types(b) VALUES ('');
INSERT INTO types(a) VALUES (1), (1.0), ('1'), (x'31'), (NULL), ('1.0');
SELECT quote(i), quote(n), quote(r), quote(t), quote(b), quote(a) FROM types;
UPDATE types SET a = i, r = i, t = i WHERE i = 12;
SELECT * FROM types WHERE i = 12;
UPDATE types SET i = t WHERE t = 't';
UPDATE types SET b = a WHERE a = '1';
-- # all keys of the primary key are NOT NULL, one that is the rowid takes a new one
CREATE TABLE k1(a TEXT, b INT, c ANY, PRIMARY KEY (a, b)) STRICT;
INSERT INTO k1 VALUES ('x', NULL, 1);
INSERT INTO k1 VALUES (NULL, 1, 1);
INSERT INTO k1 VALUES ('x', 1, NULL);
UPDATE k1 SET a = NULL;
SELECT name, "notnull", pk FROM pragma_table_info('k1');
CREATE TABLE k2(id INTEGER, v TEXT, PRIMARY KEY (id)) STRICT;
INSERT INTO k2 VALUES (NULL, 'a'), (NULL, 'b');
INSERT INTO k2(v) VALUES ('c');
INSERT INTO k2 VALUES ('x', 'd');
INSERT INTO k2 VALUES ('9', 'e');
SELECT *, rowid FROM k2;
CREATE TABLE k3(id INT PRIMARY KEY, v ANY) STRICT;
INSERT INTO k3 VALUES (5, 1);
SELECT rowid, id FROM k3;
CREATE TABLE k4(id ANY PRIMARY KEY) STRICT;
INSERT INTO k4 VALUES ('1'), (1), (1.5), (x'01');
INSERT INTO k4 VALUES (1.0);
INSERT INTO k4 VALUES (NULL);
SELECT id, typeof(id) FROM k4 ORDER BY id;
-- # the checks of a file find values of wrong types
CREATE TABLE was(i INT, r REAL, t TEXT, b BLOB, a ANY, n INT NOT NULL);
INSERT INTO was VALUES ('x', 'y', x'00', 'b', 1, 5), (1, 2.0, 't', x'00', 2, 6);
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = 'was';
PRAGMA writable_schema = RESET;
PRAGMA integrity_check;
PRAGMA quick_check;
PRAGMA integrity_check(was);
INSERT INTO was VALUES ('x', 1, 1, 1, 1, 1);
-- # all else is as ever: CHECK, UNIQUE, DEFAULT, COLLATE, conflicts, indexes, AUTOINCREMENT, keys
CREATE TABLE rest(id INTEGER PRIMARY KEY AUTOINCREMENT, u TEXT UNIQUE COLLATE nocase, c INT CHECK (c > 0), d TEXT DEFAULT 5, e INT DEFAULT (1 + 1), n INT NOT NULL ON CONFLICT REPLACE DEFAULT 9) STRICT;
INSERT INTO rest(u, c, n) VALUES ('A', 1, NULL);
INSERT INTO rest(u, c) VALUES ('a', 1);
INSERT INTO rest(u, c) VALUES ('b', 0);
INSERT INTO rest(u, c) VALUES ('b', '0');
INSERT OR IGNORE INTO rest(u, c) VALUES ('a', 1), ('c', 3);
INSERT OR REPLACE INTO rest(u, c) VALUES ('a', 2);
INSERT INTO rest(u, c) VALUES ('C', 4) ON CONFLICT (u) DO UPDATE SET c = excluded.c RETURNING *, typeof(d);
INSERT INTO rest(u, c) VALUES ('C', 4) ON CONFLICT (u) DO UPDATE SET c = 'four';
SELECT * FROM rest;
SELECT * FROM sqlite_sequence;
CREATE INDEX resti ON rest(c, n);
SELECT u FROM rest INDEXED BY resti WHERE c = '4';
CREATE TABLE kid(r INT REFERENCES rest) STRICT;
PRAGMA foreign_keys = ON;
INSERT INTO kid VALUES (99);
INSERT INTO kid VALUES ('1');
INSERT INTO kid VALUES ('4');
-- # names of types in any case, quoted, with what may not follow
CREATE TABLE n1(a "INT", b [text], c 'Blob', d `any`) STRICT;
CREATE TABLE n2(a INT(4)) STRICT;
CREATE TABLE n3(a TEXT TEXT) STRICT;
CREATE TABLE n4(a UNSIGNED INT) STRICT;
CREATE TABLE n5(a NUMERIC) STRICT;
CREATE TABLE n6(a BOOLEAN) STRICT;
CREATE TABLE n7(a CHAR) STRICT;
CREATE TABLE n8(a DOUBLE) STRICT;
CREATE TABLE n9(a INT, PRIMARY KEY (nosuch)) STRICT;
INSERT INTO n1 VALUES ('1', 2, x'03', '4');
SELECT typeof(a), typeof(b), typeof(c), typeof(d) FROM n1;
-- # STRICT is a name elsewhere
CREATE TABLE strict(strict INT) STRICT;
INSERT INTO strict VALUES (1);
SELECT strict.strict AS strict FROM strict AS strict;
CREATE INDEX "strict index" ON strict(strict);
-- # several options, in any order, even repeated
CREATE TABLE o1(a INT PRIMARY KEY) STRICT, STRICT;
CREATE TABLE o2(a INT PRIMARY KEY) WITHOUT ROWID, STRICT, WITHOUT ROWID;
CREATE TABLE o3(a INT PRIMARY KEY) STRICT,;
CREATE TABLE o4(a INT PRIMARY KEY) STRICT WITHOUT ROWID;
CREATE TABLE o5(a INT PRIMARY KEY), STRICT;
CREATE TABLE o6(a INT PRIMARY KEY) ROWID;
CREATE TABLE o7 STRICT AS SELECT 1 AS a;
CREATE TABLE o8(a INT) STRICT AS SELECT 1;
SELECT name, wr, strict FROM pragma_table_list WHERE name LIKE 'o_';
-- # ANY in both kinds of table
CREATE TABLE any1(a ANY) STRICT;
CREATE TABLE any2(a ANY);
INSERT INTO any1 VALUES ('000123'), ('1e2'), (1.0);
INSERT INTO any2 SELECT a FROM any1;
SELECT typeof(a), quote(a) FROM any1;
SELECT typeof(a), quote(a) FROM any2;
SELECT count(*) FROM any1 WHERE a = 123;
SELECT count(*) FROM any2 WHERE a = '000123';
---- new
-- # while the schema is writable, an option that is not known is passed over, and what does not parse at all is not there
CREATE TABLE a(x);
CREATE TABLE b(y);
CREATE VIEW v AS SELECT x FROM a;
CREATE TABLE strictly(i INT) STRICT;
INSERT INTO a VALUES (1);
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE GARBAGE' WHERE name = 'b';
UPDATE sqlite_schema SET sql = 'CREATE TABLE strictly(i INT) STRICTEST' WHERE name = 'strictly';
PRAGMA schema_version = 77;
SELECT * FROM a;
SELECT * FROM b;
SELECT * FROM strictly;
INSERT INTO strictly VALUES ('x');
SELECT name FROM sqlite_schema;
SELECT name FROM pragma_table_list;
PRAGMA writable_schema = OFF;
SELECT * FROM a;
PRAGMA schema_version = 78;
SELECT * FROM a;
PRAGMA writable_schema = ON;
SELECT * FROM a;
DELETE FROM sqlite_schema WHERE name IN ('b', 'strictly');
PRAGMA writable_schema = RESET;
SELECT * FROM a;
SELECT * FROM v;
