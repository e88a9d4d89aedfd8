-- # a uniqueness violation becomes an update or nothing
CREATE TABLE vocabulary(word TEXT PRIMARY KEY, count INT DEFAULT 1);
INSERT INTO vocabulary(word) VALUES ('jovial') ON CONFLICT(word) DO UPDATE SET count = count + 1;
INSERT INTO vocabulary(word) VALUES ('jovial') ON CONFLICT(word) DO UPDATE SET count = count + 1;
SELECT * FROM vocabulary;
-- # excluded. names the row that was not inserted; unqualified names the one that is there
CREATE TABLE phonebook(name TEXT PRIMARY KEY, number TEXT, valid TEXT);
INSERT INTO phonebook VALUES ('Alice', '704-555', '2018-05-08') ON CONFLICT(name) DO UPDATE SET number = excluded.number;
INSERT INTO phonebook VALUES ('Alice', '605-555', '2018-05-09') ON CONFLICT(name) DO UPDATE SET number = excluded.number, valid = phonebook.valid || '/' || excluded.valid;
SELECT * FROM phonebook;
-- # a WHERE clause can make the update a no-op
INSERT INTO phonebook VALUES ('Alice', '1', '2000-01-01') ON CONFLICT(name) DO UPDATE SET number = excluded.number, valid = excluded.valid WHERE excluded.valid > phonebook.valid;
SELECT changes();
SELECT * FROM phonebook;
-- # DO NOTHING, with and without a target
INSERT INTO phonebook VALUES ('Alice', 'x', 'y') ON CONFLICT DO NOTHING;
INSERT INTO phonebook VALUES ('Alice', 'x', 'y') ON CONFLICT(name) DO NOTHING;
SELECT * FROM phonebook;
-- # the target must be a uniqueness constraint
INSERT INTO phonebook VALUES ('Bob', '1', '2') ON CONFLICT(number) DO NOTHING;
INSERT INTO phonebook VALUES ('Bob', '1', '2') ON CONFLICT(name, number) DO NOTHING;
INSERT INTO phonebook VALUES ('Bob', '1', '2') ON CONFLICT(nosuch) DO NOTHING;
-- # only uniqueness: NOT NULL, CHECK and foreign keys still fail
CREATE TABLE strictly(id INTEGER PRIMARY KEY, n INT NOT NULL, c INT CHECK (c > 0), u UNIQUE);
INSERT INTO strictly VALUES (1, 1, 1, 1);
INSERT INTO strictly VALUES (1, NULL, 1, 2) ON CONFLICT DO NOTHING;
INSERT INTO strictly VALUES (1, 1, -1, 2) ON CONFLICT(id) DO UPDATE SET n = 5;
INSERT INTO strictly VALUES (1, 1, 1, 2) ON CONFLICT(id) DO UPDATE SET n = NULL;
INSERT INTO strictly VALUES (1, 1, 1, 2) ON CONFLICT(id) DO UPDATE SET c = -5;
-- # a conflict with another constraint than the target's fails as ever
INSERT INTO strictly VALUES (2, 1, 1, 1) ON CONFLICT(id) DO UPDATE SET n = 7;
INSERT INTO strictly VALUES (2, 1, 1, 1) ON CONFLICT(u) DO UPDATE SET n = 7;
SELECT * FROM strictly;
-- # several clauses: the first that applies; only the last may lack a target
INSERT INTO strictly VALUES (1, 2, 2, 9) ON CONFLICT(u) DO UPDATE SET n = 100 ON CONFLICT(id) DO UPDATE SET n = 200;
SELECT * FROM strictly;
INSERT INTO strictly VALUES (5, 2, 2, 1) ON CONFLICT(id) DO NOTHING ON CONFLICT DO UPDATE SET n = 300;
SELECT * FROM strictly;
INSERT INTO strictly VALUES (5, 2, 2, 1) ON CONFLICT DO NOTHING ON CONFLICT(id) DO NOTHING;
-- # partial and expression indexes as targets
CREATE TABLE part(a, b, c);
CREATE UNIQUE INDEX part_a ON part(a) WHERE b > 0;
CREATE UNIQUE INDEX part_c ON part(lower(c));
INSERT INTO part VALUES (1, 1, 'X');
INSERT INTO part VALUES (1, 1, 'y') ON CONFLICT(a) DO NOTHING;
INSERT INTO part VALUES (1, 1, 'y') ON CONFLICT(a) WHERE b > 0 DO UPDATE SET c = 'changed';
INSERT INTO part VALUES (7, 7, 'CHANGED') ON CONFLICT(lower(c)) DO UPDATE SET b = excluded.b;
SELECT * FROM part;
-- # INSERT … SELECT needs a WHERE, or the parser takes ON for a join's
INSERT INTO vocabulary SELECT 'a', 1 FROM phonebook ON CONFLICT(word) DO NOTHING;
INSERT INTO vocabulary SELECT 'jovial', 5 FROM phonebook WHERE true ON CONFLICT(word) DO UPDATE SET count = excluded.count;
SELECT * FROM vocabulary ORDER BY word;
-- # row values and RETURNING
INSERT INTO vocabulary VALUES ('jovial', 8) ON CONFLICT(word) DO UPDATE SET (word, count) = (excluded.word || '!', 99) RETURNING *;
INSERT INTO vocabulary VALUES ('new', 8) ON CONFLICT DO NOTHING RETURNING word;
INSERT INTO vocabulary VALUES ('new', 8) ON CONFLICT DO NOTHING RETURNING word;
-- # with an OR clause and in several rows
INSERT OR REPLACE INTO strictly VALUES (1, 5, 5, 5) ON CONFLICT(id) DO UPDATE SET n = n + 1;
INSERT INTO vocabulary(word) VALUES ('p'), ('q'), ('p'), ('p') ON CONFLICT(word) DO UPDATE SET count = count + 1;
SELECT * FROM vocabulary ORDER BY word;
SELECT * FROM strictly;
-- # not for views without triggers or virtual tables
CREATE VIEW v AS SELECT * FROM vocabulary;
INSERT INTO v VALUES (1, 2) ON CONFLICT DO NOTHING;
-- # the rowid as a target, and the same row twice
CREATE TABLE r(a, b);
INSERT INTO r(rowid, a, b) VALUES (1, 2, 3);
INSERT INTO r(rowid, a, b) VALUES (1, 5, 6) ON CONFLICT(rowid) DO UPDATE SET a = excluded.a;
INSERT INTO r(rowid, a, b) VALUES (1, 5, 6) ON CONFLICT DO UPDATE SET b = b + excluded.b;
SELECT rowid, * FROM r;
---- new
-- # clauses are tried in their order, one for each row
CREATE TABLE t(a INTEGER PRIMARY KEY, b UNIQUE, c UNIQUE, n DEFAULT '');
INSERT INTO t VALUES (1, 'b1', 'c1', ''), (2, 'b2', 'c2', '');
INSERT INTO t VALUES (1, 'b2', 'c9', '') ON CONFLICT (b) DO UPDATE SET n = n || 'b' ON CONFLICT (a) DO UPDATE SET n = n || 'a';
INSERT INTO t VALUES (9, 'b2', 'c1', '') ON CONFLICT (a) DO UPDATE SET n = 'a' ON CONFLICT (c) DO UPDATE SET n = n || 'c' ON CONFLICT DO UPDATE SET n = n || 'any';
INSERT INTO t VALUES (9, 'b2', 'c8', '') ON CONFLICT (a) DO NOTHING ON CONFLICT (c) DO NOTHING ON CONFLICT DO UPDATE SET n = n || 'any';
INSERT INTO t VALUES (9, 'b2', 'c8', '') ON CONFLICT (a) DO NOTHING ON CONFLICT (c) DO NOTHING;
INSERT INTO t VALUES (1, 'x', 'y', ''), (3, 'b3', 'c3', ''), (4, 'b1', 'z', '') ON CONFLICT (a) DO UPDATE SET n = n || '!' ON CONFLICT (b) DO NOTHING;
INSERT INTO t VALUES (1, 1, 1, 1) ON CONFLICT DO NOTHING ON CONFLICT (a) DO NOTHING;
INSERT INTO t VALUES (1, 1, 1, 1) ON CONFLICT (a) DO NOTHING ON CONFLICT (a) DO UPDATE SET n = 'second';
INSERT INTO t VALUES (1, 1, 1, 1) ON CONFLICT (a) WHERE a > 0 DO NOTHING;
INSERT INTO t VALUES (1, 1, 1, 1) ON CONFLICT (b COLLATE nocase) DO NOTHING;
INSERT INTO t VALUES (1, 1, 1, 1) ON CONFLICT (b DESC) DO NOTHING;
INSERT INTO t VALUES (1, 1, 1, 1) ON CONFLICT (a, b) DO NOTHING;
SELECT * FROM t;
-- # DO UPDATE is OR ABORT, whatever stands around it
INSERT OR IGNORE INTO t VALUES (1, 'new', 'new', '') ON CONFLICT (a) DO UPDATE SET b = 'b2';
INSERT OR REPLACE INTO t VALUES (1, 'new', 'new', '') ON CONFLICT (a) DO UPDATE SET b = 'b2';
INSERT OR FAIL INTO t VALUES (7, 'b7', 'c7', ''), (1, 'new', 'new', '') ON CONFLICT (a) DO UPDATE SET b = 'b2';
INSERT OR IGNORE INTO t VALUES (5, 'b1', 'c5', ''), (6, 'b6', 'c6', '') ON CONFLICT (a) DO NOTHING;
CREATE TABLE calls(x);
CREATE TRIGGER ct AFTER INSERT ON calls BEGIN INSERT INTO t VALUES (new.x, 'tb', 'tc', '') ON CONFLICT (a) DO UPDATE SET b = 'b2'; END;
INSERT OR IGNORE INTO calls VALUES (1);
INSERT OR REPLACE INTO calls VALUES (1);
SELECT * FROM t;
SELECT count(*) FROM calls;
-- # constraints that are not about uniqueness, and triggers, are out of reach
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE f(id INTEGER PRIMARY KEY, nn NOT NULL, ck CHECK (ck > 0), r REFERENCES p, v DEFAULT 0);
PRAGMA foreign_keys = ON;
INSERT INTO p VALUES (1);
INSERT INTO f VALUES (1, 1, 1, 1, 0);
INSERT INTO f VALUES (1, NULL, 1, 1, 0) ON CONFLICT DO UPDATE SET v = 1;
INSERT INTO f VALUES (1, 1, 0, 1, 0) ON CONFLICT DO UPDATE SET v = 1;
INSERT INTO f VALUES (2, 1, 1, 9, 0) ON CONFLICT DO UPDATE SET v = 1;
INSERT INTO f VALUES (1, 1, 1, 9, 0) ON CONFLICT DO UPDATE SET v = v + 1;
CREATE TRIGGER ft BEFORE INSERT ON f WHEN new.ck = 5 BEGIN SELECT RAISE(ABORT, 'by trigger'); END;
INSERT INTO f VALUES (1, 1, 5, 1, 0) ON CONFLICT DO UPDATE SET v = v + 1;
CREATE TRIGGER fu BEFORE UPDATE ON f BEGIN INSERT INTO calls VALUES (500 + new.v); END;
INSERT INTO f VALUES (1, 1, 1, 1, 0) ON CONFLICT DO UPDATE SET v = v + 1;
SELECT * FROM f;
SELECT max(x) FROM calls;
-- # names in the update: the old row, excluded, subqueries
INSERT INTO t VALUES (1, 'e', 'f', 'n') ON CONFLICT (a) DO UPDATE SET n = t.n || excluded.n || (SELECT max(b) FROM t) || a WHERE excluded.b < t.b OR t.n <> '';
INSERT INTO t VALUES (1, 'e', 'f', 'n') ON CONFLICT (a) DO UPDATE SET n = excluded.nosuch;
INSERT INTO t VALUES (1, 'e', 'f', 'n') ON CONFLICT (a) DO UPDATE SET n = excluded.rowid || excluded.oid;
INSERT INTO t VALUES (1, 'e', 'f', 'n') ON CONFLICT (a) DO UPDATE SET excluded.n = 1;
INSERT INTO t VALUES (1, 'e', 'f', 'n') ON CONFLICT (a) DO UPDATE SET a = 100 RETURNING *;
INSERT INTO t VALUES (2, 'e', 'f', 'n') ON CONFLICT (a) DO UPDATE SET n = 'w' WHERE 0 RETURNING *;
INSERT INTO t VALUES (2, 'e', 'f', 'n') ON CONFLICT (a) DO DELETE;
INSERT INTO t VALUES (2, 'e', 'f', 'n') ON CONFLICT (a);
INSERT INTO t VALUES (2, 'e', 'f', 'n') ON CONFLICT (a) DO UPDATE;
SELECT * FROM t;
-- # not for virtual tables
INSERT INTO json_each VALUES (1) ON CONFLICT DO NOTHING;
