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
