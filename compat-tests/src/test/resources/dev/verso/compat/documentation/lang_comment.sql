-- # comments may stand wherever blanks may
SELECT 1 /* a comment */ + /* another
over two lines */ 2;
SELECT 1 -- to the end of the line
 + 1;
SELECT/**/1;
SELECT 1 /* not closed;
SELECT '-- no comment', '/* nor this */';
SELECT 5 - -1, 5 --1
;
SELECT 1 /* c */, 2 /* d */ FROM (SELECT 3);
CREATE TABLE t(a /* first */, b -- second
);
SELECT sql FROM sqlite_schema;
SELECT 1 /* nested /* is not */;
SELECT 2 */ 1;
---- new
-- # they stand where blanks may: between and inside of clauses, before and after a statement
/* before */ SELECT /* the result */ 1 /* as */ AS /* its name */ a /* after */;
--before
SELECT 2;
SELECT 3 -- after;
SELECT a -- one
, -- two
b /* three */ FROM /**/ (SELECT 1 AS a, 2 AS b) -- four
WHERE -- five
a = 1;
SELECT 1/**/+/**/2, 6/**//**/3;
SELECT 6 /**/ / /**/ 3;
SELECT CASE--c
WHEN--c
1 THEN/*c*/'x'END;
SELECT(1)--
;
SELECT count(/* all */*), count(*/* all */), abs(/**/-/**/5);
SELECT 4--5;
SELECT 4 - -5, 4 - - 5, 4-/**/-5;
-- # a string, a name and a comment each hide the beginnings of the others
SELECT '--', "--", [--], `--` FROM (SELECT 1 AS "--");
SELECT '/*', 'a''--b', "/*" FROM (SELECT 2 AS "/*");
SELECT 1 /* ' " [ ` -- */, 2 -- ' " [ ` /*
, 3;
SELECT 'two
-- lines', 'and /* in
them */';
-- # they do not nest; what is left open ends with the text
SELECT 1 /* a /* b */, 2;
SELECT 1 /* a /* b */ c */;
SELECT 1 /* /* */ */;
SELECT 1 /**, 2;
SELECT 1 /*/, 2;
SELECT 1 /*/*/, 2;
SELECT 1 /***/, 2;
SELECT 1 /* * / */, 2;
SELECT 1 - - 1 --;
SELECT 8; -- nothing else;
SELECT 9 ; /* open and nothing else;
SELECT 1 -;
SELECT 1 /;
SELECT 1 //;
SELECT 1 #;
-- # in statements of every kind, kept in the schema's text
CREATE /*a*/ TABLE /*b*/ kept /*c*/ ( /*d*/ x /*e*/ INTEGER /*f*/ , y DEFAULT /*g*/ 5 /*h*/ ) /*i*/;
CREATE TABLE kept2(x -- first
, y /* second */);
CREATE INDEX -- an index
kept_x ON kept(x /* by x */);
CREATE VIEW kept_v AS /* all */ SELECT * FROM kept -- of it
;
CREATE TRIGGER kept_t AFTER INSERT ON kept BEGIN -- do
SELECT 1; /* nothing */ END;
INSERT /**/ INTO kept /**/ (x) VALUES -- one
(1);
UPDATE kept /* set */ SET x -- to
= 2;
DELETE /* all */ FROM kept -- of them
;
SELECT name, sql FROM sqlite_schema;
ALTER TABLE kept RENAME TO /* new */ kept3;
ALTER TABLE kept3 ADD COLUMN /* z */ z -- at the end
;
SELECT name, sql FROM sqlite_schema WHERE type = 'table';
CREATE INDEX ends_1 ON kept3(x) /* a comment */;
CREATE INDEX ends_2 ON kept3(x)   -- at the end;
CREATE INDEX ends_3 ON kept3(x) WHERE x > 1 /* before the semicolon */ ; /* behind it */;
CREATE VIEW ends_4 AS SELECT 1 /* a comment */;
CREATE VIEW ends_5(a /* 1 */) /* 2 */ AS SELECT 1   -- at the end

;
CREATE TRIGGER ends_6 AFTER INSERT ON kept3 BEGIN SELECT 1; END /* a comment */;
CREATE TABLE ends_7(a INT) /* 1 */ STRICT /* 2 */ ;
CREATE TABLE ends_8(a PRIMARY KEY) WITHOUT ROWID -- at the end
;
CREATE TABLE ends_9(a) /* a comment */;
CREATE TABLE ends_10 AS SELECT 1 AS x /* a comment */;
SELECT sql || '|' FROM sqlite_schema WHERE name LIKE 'ends%';
ALTER TABLE ends_9 ADD CONSTRAINT c CHECK (a > 0) -- at the end;
ALTER TABLE ends_9 ADD CHECK (a > 1) /* a comment */;
ALTER TABLE ends_9 ADD COLUMN b DEFAULT 5 /* a comment */;
ALTER TABLE ends_9 ALTER COLUMN b SET NOT NULL -- at the end;
ALTER TABLE ends_9 RENAME COLUMN b TO c /* a comment */;
ALTER TABLE ends_9 DROP COLUMN c -- at the end;
SELECT sql FROM sqlite_schema WHERE name = 'ends_9';
PRAGMA /* which */ user_version -- it
;
