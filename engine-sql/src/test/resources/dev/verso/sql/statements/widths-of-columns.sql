CREATE TABLE narrow(a INTEGER PRIMARY KEY, b BLOB, c ANY, d REAL) STRICT;
CREATE INDEX narrow_bda ON narrow(b, d, a);
EXPLAIN QUERY PLAN SELECT sum(a), max(typeof(b)) FROM narrow;
CREATE TABLE narrower(a INTEGER PRIMARY KEY, b 'ODDBLOB(3)', c '2CHAR(300)', d INT);
CREATE INDEX narrower_b ON narrower(b, d);
CREATE INDEX narrower_c ON narrower(c, a);
EXPLAIN QUERY PLAN SELECT sum(a), max(typeof(b)) FROM narrower;
EXPLAIN QUERY PLAN SELECT sum(a), max(typeof(c)) FROM narrower;
