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
---- new
-- # the keywords in any case; the primary key in any form
CREATE TABLE IF NOT EXISTS w1(word TEXT PRIMARY KEY, cnt INTEGER) WiThOuT rOwId;
CREATE TABLE IF NOT EXISTS w1(other) WITHOUT ROWID;
CREATE TABLE w2(a, b, PRIMARY KEY (b, a)) without rowid;
CREATE TABLE w3(a UNIQUE) WITHOUT ROWID;
CREATE TABLE w4(a PRIMARY KEY) WITHOUT _rowid_;
CREATE TABLE w5(a PRIMARY KEY) WITHOUT;
CREATE TABLE w6(a PRIMARY KEY) "WITHOUT" ROWID;
CREATE TABLE w7 WITHOUT ROWID AS SELECT 1 AS a;
-- # AUTOINCREMENT is refused, a column may be called rowid
CREATE TABLE w8(a INTEGER, b, PRIMARY KEY (a AUTOINCREMENT)) WITHOUT ROWID;
CREATE TABLE w9(rowid TEXT PRIMARY KEY, oid) WITHOUT ROWID;
INSERT INTO w9 VALUES ('r', 'o');
SELECT rowid, oid FROM w9;
SELECT _rowid_ FROM w9;
UPDATE w9 SET _rowid_ = 1;
INSERT INTO w1(rowid, word) VALUES (1, 'x');
DELETE FROM w1 WHERE rowid = 1;
-- # INTEGER PRIMARY KEY is a key with INTEGER affinity and no more
CREATE TABLE i1(id INTEGER PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE i2(id INT PRIMARY KEY, v);
INSERT INTO i1 VALUES ('5', 'a'), (6.0, 'b'), ('seven', 'c'), (x'08', 'd'), (1.5, 'e');
INSERT INTO i2 SELECT * FROM i1;
SELECT id, typeof(id), v FROM i1;
SELECT id, typeof(id), v FROM i2 ORDER BY id;
INSERT INTO i1 VALUES (NULL, 'f');
INSERT INTO i1(v) VALUES ('f');
INSERT INTO i2 VALUES (NULL, 'f');
SELECT v FROM i1 WHERE id = '6';
SELECT id FROM i1 WHERE id > 5 ORDER BY id DESC;
-- # every column of the key is NOT NULL, for INSERT and UPDATE, and conflict clauses know it
CREATE TABLE n1(a TEXT, b TEXT DEFAULT 'd', c, PRIMARY KEY (a, b)) WITHOUT ROWID;
INSERT INTO n1 VALUES ('x', NULL, 1);
INSERT OR REPLACE INTO n1 VALUES ('x', NULL, 1);
INSERT OR IGNORE INTO n1 VALUES (NULL, 'y', 1), ('ok', 'y', 1);
UPDATE n1 SET a = NULL;
UPDATE OR IGNORE n1 SET a = NULL;
UPDATE OR REPLACE n1 SET b = NULL;
SELECT * FROM n1;
SELECT name, "notnull", pk FROM pragma_table_info('n1');
CREATE TABLE n2(a TEXT, b TEXT, PRIMARY KEY (a, b));
INSERT INTO n2 VALUES (NULL, NULL), (NULL, NULL);
SELECT name, "notnull", pk FROM pragma_table_info('n2');
-- # last_insert_rowid() does not move, not even by triggers into such tables
CREATE TABLE plain(a);
INSERT INTO plain VALUES (1), (2), (3);
INSERT INTO w1 VALUES ('a', 1);
REPLACE INTO w1 VALUES ('a', 2);
SELECT last_insert_rowid();
CREATE TRIGGER pt AFTER INSERT ON w1 BEGIN INSERT INTO plain VALUES (new.cnt); SELECT last_insert_rowid(); END;
INSERT INTO w1 VALUES ('b', 3);
SELECT last_insert_rowid(), count(*) FROM plain;
-- # a key that is no integer finds its row without a second tree
CREATE TABLE wordcount(word TEXT PRIMARY KEY, cnt INTEGER);
CREATE TABLE wordcount2(word TEXT PRIMARY KEY, cnt INTEGER) WITHOUT ROWID;
EXPLAIN QUERY PLAN SELECT cnt FROM wordcount WHERE word = 'xsync';
EXPLAIN QUERY PLAN SELECT cnt FROM wordcount2 WHERE word = 'xsync';
SELECT type, name, tbl_name, rootpage > 0 FROM sqlite_schema WHERE tbl_name LIKE 'wordcount%';
INSERT INTO wordcount2 WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) SELECT printf('word%03d', i * 7 % 300), i FROM n;
INSERT INTO wordcount SELECT * FROM wordcount2;
SELECT (SELECT sum(pgsize) FROM dbstat WHERE name = 'wordcount2') < (SELECT sum(pgsize) FROM dbstat WHERE name IN ('wordcount', 'sqlite_autoindex_wordcount_1'));
SELECT * FROM wordcount2 LIMIT 3;
SELECT count(*), min(word), max(word) FROM wordcount2 WHERE word BETWEEN 'word010' AND 'word020';
-- # large rows and single integer keys are right as well
CREATE TABLE big(k INTEGER PRIMARY KEY, v BLOB) WITHOUT ROWID;
INSERT INTO big VALUES (2, zeroblob(20000)), (1, zeroblob(50000)), (3, 'small');
SELECT k, length(v) FROM big;
UPDATE big SET v = zeroblob(70000) WHERE k = 3;
DELETE FROM big WHERE k = 2;
SELECT k, length(v) FROM big ORDER BY k DESC;
PRAGMA integrity_check;
-- # which kind a table is: PRAGMA index_info of its name
PRAGMA index_info(w2);
PRAGMA index_xinfo(w2);
PRAGMA index_info(n2);
PRAGMA index_info(wordcount2);
PRAGMA table_info(w2);
PRAGMA table_xinfo(w2);
SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND wr = 1 ORDER BY name;
-- # an index on such a table, keys in it, UNIQUE
CREATE INDEX w2a ON w2(a);
CREATE UNIQUE INDEX i1v ON i1(v);
PRAGMA index_xinfo(w2a);
INSERT INTO i1 VALUES (100, 'a');
INSERT OR REPLACE INTO i1 VALUES (100, 'a');
SELECT id FROM i1 WHERE v = 'a';
SELECT id FROM i1 WHERE v = 'b' AND id = 6;
-- # as child and parent of foreign keys; joins; triggers see no rowid
PRAGMA foreign_keys = ON;
CREATE TABLE kid(a, b, FOREIGN KEY (a, b) REFERENCES n1 ON UPDATE CASCADE) ;
INSERT INTO kid VALUES ('ok', 'y');
INSERT INTO kid VALUES ('ok', 'n');
UPDATE n1 SET a = 'moved' WHERE a = 'ok';
SELECT * FROM kid;
CREATE TRIGGER wt BEFORE UPDATE ON n1 BEGIN SELECT new.rowid; END;
UPDATE n1 SET c = 5;
DROP TRIGGER wt;
SELECT a.word, b.cnt FROM wordcount2 AS a JOIN wordcount AS b USING (word) WHERE a.cnt < 3 ORDER BY 1;
ALTER TABLE n1 DROP COLUMN b;
ALTER TABLE n1 DROP COLUMN c;
ALTER TABLE n1 ADD COLUMN d DEFAULT 7;
SELECT * FROM n1;
