-- # rowids of ordinary tables begin again, those of AUTOINCREMENT do not
CREATE TABLE plain(id INTEGER PRIMARY KEY, x);
CREATE TABLE auto(id INTEGER PRIMARY KEY AUTOINCREMENT, x);
INSERT INTO plain(x) VALUES (1), (2), (3);
INSERT INTO auto(x) VALUES (1), (2), (3);
DELETE FROM plain WHERE id = 3;
DELETE FROM auto WHERE id = 3;
INSERT INTO plain(x) VALUES (4);
INSERT INTO auto(x) VALUES (4);
SELECT max(id) FROM plain;
SELECT max(id) FROM auto;
SELECT * FROM sqlite_sequence;
-- # given rowids move the sequence up, not down
INSERT INTO auto VALUES (100, 'given');
INSERT INTO auto VALUES (50, 'lower');
INSERT INTO auto(x) VALUES ('next');
INSERT INTO auto VALUES (-5, 'negative');
SELECT * FROM sqlite_sequence;
UPDATE auto SET id = 500 WHERE id = 101;
INSERT INTO auto(x) VALUES ('after update');
SELECT id FROM auto ORDER BY id;
-- # sqlite_sequence can be changed, not dropped
UPDATE sqlite_sequence SET seq = 1000 WHERE name = 'auto';
INSERT INTO auto(x) VALUES ('far');
DELETE FROM sqlite_sequence WHERE name = 'auto';
INSERT INTO auto(x) VALUES ('from the largest');
SELECT * FROM sqlite_sequence;
DROP TABLE sqlite_sequence;
CREATE TABLE sqlite_sequence(a, b);
-- # at the end of the range
INSERT INTO auto VALUES (9223372036854775807, 'last');
INSERT INTO auto(x) VALUES ('none left');
-- # failed and ignored inserts, transactions
CREATE TABLE f(id INTEGER PRIMARY KEY AUTOINCREMENT, u UNIQUE);
INSERT INTO f(u) VALUES (1);
INSERT OR IGNORE INTO f(u) VALUES (1);
INSERT INTO f(u) VALUES (1);
INSERT INTO f(u) VALUES (2);
BEGIN;
INSERT INTO f(u) VALUES (3);
ROLLBACK;
INSERT INTO f(u) VALUES (4);
SELECT * FROM f;
SELECT * FROM sqlite_sequence WHERE name = 'f';
-- # only on INTEGER PRIMARY KEY, not WITHOUT ROWID; dropping a table drops its entry
CREATE TABLE bad(id INT PRIMARY KEY AUTOINCREMENT);
CREATE TABLE bad(id TEXT PRIMARY KEY AUTOINCREMENT);
CREATE TABLE bad(id INTEGER AUTOINCREMENT);
CREATE TABLE bad(id INTEGER PRIMARY KEY DESC AUTOINCREMENT);
CREATE TABLE bad(id INTEGER PRIMARY KEY AUTOINCREMENT) WITHOUT ROWID;
DROP TABLE f;
SELECT name FROM sqlite_sequence;
---- new
-- # four names of one number
CREATE TABLE test1(a INT, b TEXT);
INSERT INTO test1(rowid, a, b) VALUES (123, 5, 'hello');
SELECT rowid, _ROWID_, OID, * FROM test1;
CREATE TABLE named(id INTEGER PRIMARY KEY, rowid);
INSERT INTO named VALUES (5, 'mine');
SELECT id, rowid, oid, _rowid_ FROM named;
-- # a new row: one more than the largest, 1 in an empty table, NULL as if not given
INSERT INTO test1(rowid, a) VALUES (NULL, 6);
INSERT INTO test1(a) VALUES (7);
SELECT rowid FROM test1;
DELETE FROM test1;
INSERT INTO test1(a) VALUES (8);
INSERT INTO test1(oid, a) VALUES (-10, 9);
INSERT INTO test1(a) VALUES (10);
DELETE FROM test1 WHERE rowid > 0;
INSERT INTO test1(a) VALUES (11);
SELECT rowid, a FROM test1;
-- # after the largest integer numbers are picked among the positive ones
INSERT INTO test1(rowid, a) VALUES (9223372036854775807, 12);
INSERT INTO test1(a) VALUES (13) RETURNING rowid > 0 AND rowid < 9223372036854775807;
SELECT count(*), count(DISTINCT rowid), min(rowid) > 0 FROM test1 WHERE rowid > 0;
INSERT INTO test1(rowid, a) VALUES (-20, 14) RETURNING a;
-- # with the keyword no number comes again
CREATE TABLE auto(id INTEGER PRIMARY KEY AUTOINCREMENT, v UNIQUE);
SELECT * FROM sqlite_sequence;
INSERT INTO auto(v) VALUES ('a'), ('b');
DELETE FROM auto;
INSERT INTO auto(v) VALUES ('c');
SELECT id FROM auto;
INSERT INTO auto VALUES (NULL, 'd'), (50, 'e'), (NULL, 'f'), (20, 'g');
SELECT id, v FROM auto;
SELECT * FROM sqlite_sequence;
-- # what was rolled back may come again, what failed may leave a gap
BEGIN;
INSERT INTO auto(v) VALUES ('h');
ROLLBACK;
INSERT INTO auto(v) VALUES ('c');
INSERT OR IGNORE INTO auto(v) VALUES ('c'), ('i');
INSERT OR REPLACE INTO auto(v) VALUES ('i');
INSERT INTO auto(v) VALUES ('j'), ('c');
INSERT INTO auto(v) VALUES ('k') ON CONFLICT DO NOTHING;
INSERT INTO auto(v) VALUES ('k') ON CONFLICT (v) DO UPDATE SET v = 'l';
INSERT INTO auto(v) VALUES ('m');
SELECT id, v FROM auto WHERE id > 50;
SELECT * FROM sqlite_sequence;
-- # UPDATE does not count, sqlite_sequence can be written
UPDATE auto SET id = 1000 WHERE v = 'm';
INSERT INTO auto(v) VALUES ('n');
SELECT max(id) FROM auto;
SELECT * FROM sqlite_sequence;
UPDATE sqlite_sequence SET seq = 5 WHERE name = 'auto';
INSERT INTO auto(v) VALUES ('o');
SELECT max(id) FROM auto;
INSERT INTO sqlite_sequence VALUES ('auto', 5000);
INSERT INTO auto(v) VALUES ('p');
SELECT max(id) FROM auto;
UPDATE sqlite_sequence SET seq = 'text';
INSERT INTO auto(v) VALUES ('q');
SELECT * FROM sqlite_sequence;
DELETE FROM sqlite_sequence;
INSERT INTO auto(v) VALUES ('r');
SELECT * FROM sqlite_sequence;
-- # the largest integer is the end
INSERT INTO auto VALUES (9223372036854775807, 'last');
INSERT INTO auto(v) VALUES ('no more');
DELETE FROM auto WHERE v = 'last';
INSERT INTO auto(v) VALUES ('not even now');
SELECT * FROM sqlite_sequence;
-- # counters of each table, renamed and dropped with it; temporary ones
CREATE TABLE auto2(id INTEGER PRIMARY KEY AUTOINCREMENT);
INSERT INTO auto2 DEFAULT VALUES;
ALTER TABLE auto2 RENAME TO auto3;
SELECT * FROM sqlite_sequence;
DROP TABLE auto3;
SELECT * FROM sqlite_sequence;
CREATE TEMP TABLE tauto(id INTEGER PRIMARY KEY AUTOINCREMENT);
INSERT INTO tauto DEFAULT VALUES;
SELECT * FROM temp.sqlite_sequence;
SELECT count(*) FROM main.sqlite_sequence WHERE name = 'tauto';
DROP TABLE sqlite_sequence;
DELETE FROM main.sqlite_sequence;
CREATE TRIGGER st AFTER INSERT ON sqlite_sequence BEGIN SELECT 1; END;
CREATE INDEX si ON sqlite_sequence(name);
