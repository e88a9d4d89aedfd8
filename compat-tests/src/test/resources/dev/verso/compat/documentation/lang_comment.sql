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
