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
