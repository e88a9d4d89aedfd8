-- # several databases, names, the order of search
CREATE TABLE t(a);
INSERT INTO t VALUES ('main');
ATTACH ':memory:' AS other;
ATTACH DATABASE '' AS third;
CREATE TABLE other.t(a);
CREATE TABLE other.u(a);
CREATE TABLE third.u(a);
INSERT INTO other.t VALUES ('other');
INSERT INTO other.u VALUES ('other u');
INSERT INTO third.u VALUES ('third u');
SELECT a FROM t;
SELECT a FROM other.t;
SELECT a FROM u;
SELECT t.a, x.a FROM main.t, other.t AS x;
SELECT main.t.a, other.t.a FROM main.t, other.t;
INSERT INTO third.u SELECT a FROM main.t UNION ALL SELECT a FROM other.t;
SELECT a FROM third.u;
SELECT seq, name FROM pragma_database_list;
-- # temporary tables hide all others
CREATE TEMP TABLE u(a);
INSERT INTO u VALUES ('temp u');
SELECT a FROM u;
DROP TABLE temp.u;
-- # transactions span them
BEGIN;
UPDATE t SET a = 'changed';
UPDATE other.t SET a = 'changed';
ROLLBACK;
SELECT a FROM t UNION ALL SELECT a FROM other.t;
-- # names that are taken or reserved, how many
ATTACH ':memory:' AS other;
ATTACH ':memory:' AS main;
ATTACH ':memory:' AS temp;
ATTACH ':memory:' AS d3;
ATTACH ':memory:' AS d4;
ATTACH ':memory:' AS d5;
ATTACH ':memory:' AS d6;
ATTACH ':memory:' AS d7;
ATTACH ':memory:' AS d8;
ATTACH ':memory:' AS d9;
ATTACH ':memory:' AS d10;
ATTACH ':memory:' AS d11;
-- # expressions as names
DETACH d9;
ATTACH ':mem' || 'ory:' AS 'd' || '9';
SELECT name FROM pragma_database_list WHERE name = 'd9';
-- # DETACH
DETACH DATABASE third;
SELECT a FROM third.u;
DETACH nosuch;
DETACH main;
DETACH temp;
BEGIN;
DETACH d3;
ATTACH ':memory:' AS inside;
COMMIT;
-- # views and triggers may not reach into another database
CREATE VIEW v AS SELECT * FROM other.t;
CREATE VIEW other.v AS SELECT * FROM t;
SELECT * FROM other.v;
CREATE TRIGGER other.tr AFTER INSERT ON t BEGIN INSERT INTO main.t VALUES (1); END;
CREATE INDEX other.ti ON t(a);
CREATE INDEX ti ON other.t(a);
DROP TABLE other.t;
---- file
-- # the file's name is any expression; files are made when something is written
ATTACH '{{dir}}/a' || 1 || '.db' AS a1;
ATTACH (SELECT '{{dir}}/' || name || '.db' FROM (SELECT 'a2' AS name)) AS a2;
ATTACH '{{dir}}/nosuch/a.db' AS a3;
ATTACH NULL AS a4;
ATTACH 5 + 5 AS nosuchname.x;
ATTACH "{{dir}}/quoted" AS a6;
DETACH a6;
ATTACH count(*) AS a7;
ATTACH '{{dir}}/a8.db';
ATTACH '{{dir}}/a8.db' a8;
ATTACH '{{dir}}/a8.db' AS NULL;
ATTACH '{{dir}}/a8.db' AS a8 KEY 'secret';
SELECT name, file FROM pragma_database_list ORDER BY seq;
DETACH a4;
DETACH a8;
SELECT seq, name, file FROM pragma_database_list ORDER BY seq;
-- # names that may not be taken, in any case of letters
ATTACH ':memory:' AS MAIN;
ATTACH ':memory:' AS Temp;
ATTACH ':memory:' AS A1;
ATTACH ':memory:' AS a1;
ATTACH ':memory:' AS 'a b"c';
CREATE TABLE "a b""c".t(x);
SELECT * FROM "a b""c".t;
DETACH 'A B"C';
DETACH 'main';
DETACH 'TEMP';
DETACH (SELECT 'no' || 'such');
-- # schema.table; without a schema a name that is unique will do, else the one attached longest ago
CREATE TABLE a1.only(x);
INSERT INTO only VALUES ('in a1');
SELECT x FROM only;
CREATE TABLE a1.both(x);
CREATE TABLE a2.both(x);
INSERT INTO a1.both VALUES ('a1');
INSERT INTO a2.both VALUES ('a2');
SELECT x FROM both;
UPDATE both SET x = x || '!';
SELECT x FROM a1.both UNION ALL SELECT x FROM a2.both;
DETACH a1;
SELECT x FROM both;
ATTACH '{{dir}}/a1.db' AS a1;
SELECT x FROM both;
CREATE TABLE main.both(x);
SELECT count(*) FROM both;
CREATE TEMP TABLE both(x, y);
SELECT * FROM both;
DROP TABLE both;
DROP TABLE both;
DROP TABLE both;
SELECT x FROM both;
DROP INDEX IF EXISTS a2.nosuch;
SELECT a1.both.x, only.x FROM a1.both, only;
SELECT a2.both.x FROM a1.both;
-- # indexes, triggers and views are found by the same order
CREATE INDEX a1.bx ON both(x);
CREATE TABLE a2.later(x);
CREATE INDEX a2.lx ON later(x);
DROP INDEX bx;
DROP INDEX lx;
-- # a file keeps what was written when it is attached again, under any name
DETACH a1;
ATTACH '{{dir}}/a1.db' AS again;
SELECT name FROM again.sqlite_schema ORDER BY name;
SELECT x FROM again.only;
SELECT x FROM a1.only;
-- # the same file twice
ATTACH '{{dir}}/a1.db' AS twice;
SELECT x FROM twice.only;
INSERT INTO again.only VALUES ('second');
SELECT x FROM twice.only;
BEGIN;
INSERT INTO twice.only VALUES ('third');
SELECT x FROM twice.only;
COMMIT;
SELECT x FROM again.only;
DETACH again;
SELECT x FROM twice.only;
-- # transactions over several files
BEGIN;
INSERT INTO twice.only VALUES ('never');
CREATE TABLE main.m(x);
INSERT INTO a2.both VALUES ('never');
ROLLBACK;
SELECT x FROM twice.only UNION ALL SELECT x FROM a2.both;
BEGIN;
INSERT INTO twice.only VALUES ('both');
CREATE TABLE main.m(x);
INSERT INTO a2.both VALUES ('both');
COMMIT;
---- other
SELECT name FROM sqlite_schema;
ATTACH '{{dir}}/a1.db' AS a;
SELECT x FROM a.only;
---- first
-- # URIs
ATTACH 'file:{{dir}}/a1.db' AS u1;
SELECT x FROM u1.only;
ATTACH 'file:{{dir}}/a1.db?mode=ro' AS u2;
SELECT x FROM u2.only;
INSERT INTO u2.only VALUES ('refused');
ATTACH 'file:{{dir}}/notthere.db?mode=rw' AS u3;
ATTACH 'file:{{dir}}/notthere.db?mode=ro' AS u3;
ATTACH 'file:{{dir}}/there.db?mode=rwc' AS u3;
ATTACH 'file:{{dir}}/there.db?mode=nonsense' AS u4;
ATTACH 'file::memory:' AS u5;
ATTACH 'file:?mode=memory' AS u6;
ATTACH 'file:{{dir}}/%61%31.db?immutable=1#fragment' AS u7;
SELECT x FROM u7.only;
INSERT INTO u7.only VALUES ('refused');
SELECT name, file FROM pragma_database_list ORDER BY seq;
-- # not a database, and one in another encoding
ATTACH '/etc/passwd' AS p;
ATTACH '{{dir}}' AS d;
---- file
CREATE TABLE t(a);
ATTACH '{{dir}}/other.db' AS o;
CREATE TABLE o.t(a);
---- other
PRAGMA encoding = 'UTF-16le';
SELECT * FROM t;
---- file
PRAGMA encoding = 'UTF-16le';
CREATE TABLE t(a);
ATTACH '{{dir}}/utf16.db' AS o;
CREATE TABLE o.t(a);
INSERT INTO o.t VALUES ('é');
DETACH o;
ATTACH '{{dir}}/utf16.db' AS o;
SELECT hex(CAST(a AS BLOB)) FROM o.t;
---- new
ATTACH '{{dir}}/../1/main.db' AS first;
SELECT count(*) FROM first.sqlite_schema;
