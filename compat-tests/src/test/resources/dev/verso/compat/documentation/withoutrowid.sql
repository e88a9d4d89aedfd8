-- # the clause comes after the parenthesis and needs a primary key
CREATE TABLE words(word TEXT PRIMARY KEY, cnt INTEGER) WITHOUT ROWID;
CREATE TABLE bad1(a, b) WITHOUT ROWID;
CREATE TABLE bad2(a PRIMARY KEY) WITHOUT OID;
CREATE TABLE bad3(a INTEGER PRIMARY KEY AUTOINCREMENT) WITHOUT ROWID;
-- # there is no rowid
INSERT INTO words VALUES ('b', 2), ('a', 1), ('c', 3);
SELECT rowid FROM words;
SELECT oid FROM words;
SELECT _rowid_ FROM words;
SELECT * FROM words;
-- # NOT NULL holds for every column of the primary key
INSERT INTO words VALUES (NULL, 4);
CREATE TABLE two(a, b, c, PRIMARY KEY (a, b)) WITHOUT ROWID;
INSERT INTO two VALUES (1, NULL, 3);
INSERT INTO two VALUES (NULL, 1, 3);
INSERT OR IGNORE INTO two VALUES (NULL, 1, 3);
INSERT OR REPLACE INTO two VALUES (NULL, 1, 3);
-- # INTEGER PRIMARY KEY is nothing special here
CREATE TABLE ints(id INTEGER PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO ints(v) VALUES ('x');
INSERT INTO ints VALUES ('text', 1);
INSERT INTO ints VALUES (1.5, 2), ('7', 3);
SELECT id, typeof(id), v FROM ints;
CREATE TABLE rowid_ints(id INTEGER PRIMARY KEY, v);
INSERT INTO rowid_ints VALUES ('text', 1);
-- # duplicates and conflict clauses
INSERT INTO words VALUES ('a', 9);
INSERT OR REPLACE INTO words VALUES ('a', 9);
INSERT OR IGNORE INTO words VALUES ('a', 10);
INSERT INTO words VALUES ('a', 5) ON CONFLICT (word) DO UPDATE SET cnt = cnt + excluded.cnt;
SELECT * FROM words;
-- # last_insert_rowid does not move
CREATE TABLE plain(a);
INSERT INTO plain VALUES (1), (2);
INSERT INTO words VALUES ('z', 26);
SELECT last_insert_rowid();
-- # repeated columns in the key count once; the order of rows is that of the key
CREATE TABLE repeated(a, b, c, PRIMARY KEY (b DESC, a, b)) WITHOUT ROWID;
INSERT INTO repeated VALUES (1, 1, 'x'), (2, 2, 'y'), (1, 2, 'z');
SELECT * FROM repeated;
PRAGMA index_info('sqlite_autoindex_repeated_1');
PRAGMA index_xinfo('sqlite_autoindex_repeated_1');
PRAGMA table_info(repeated);
-- # secondary indexes carry the key
CREATE INDEX repeated_c ON repeated(c);
SELECT a, b FROM repeated WHERE c = 'y';
EXPLAIN QUERY PLAN SELECT a, b FROM repeated WHERE c = 'y';
EXPLAIN QUERY PLAN SELECT * FROM words WHERE word = 'a';
-- # updates of the key move the row
UPDATE words SET word = 'aa' WHERE word = 'a';
UPDATE words SET word = 'b' WHERE word = 'c';
SELECT * FROM words;
DELETE FROM words WHERE word > 'b';
SELECT * FROM words;
SELECT name, wr FROM pragma_table_list WHERE name = 'words';
PRAGMA integrity_check;
